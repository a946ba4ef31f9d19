import type { ReportLearning } from '../../src/report/report-data.ts';
import { formatCount, formatShare } from '../words/number.ts';
import { Figure } from './figure.tsx';

interface ConfusionMatrixProps {
  readonly title: string;
  readonly confusion: ReportLearning['confusion'];
}

/** Test examples by what was predicted and what happened; the tint is the share of all. */
export function ConfusionMatrix({ title, confusion }: ConfusionMatrixProps) {
  const { threshold, truePositives, falsePositives, falseNegatives, trueNegatives } = confusion;
  const all = truePositives + falsePositives + falseNegatives + trueNegatives;
  return (
    <Figure
      name="confusion"
      isTable
      title={title}
      subtitle={`Test examples at the threshold ${formatShare(threshold)}, which was chosen on validation rows.`}
      columns={[
        { title: 'Prediction' },
        { title: 'Left', format: formatCount },
        { title: 'Stayed', format: formatCount },
      ]}
      rows={[
        ['flagged', truePositives, falsePositives],
        ['not flagged', falseNegatives, trueNegatives],
      ]}
    >
      <table class="confusion">
        <caption class="unseen">Test examples by prediction and outcome</caption>
        <thead>
          <tr>
            <td />
            <th scope="col">Left</th>
            <th scope="col">Stayed</th>
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">Flagged</th>
            <Cell count={truePositives} all={all} words="caught" />
            <Cell count={falsePositives} all={all} words="false alarms" />
          </tr>
          <tr>
            <th scope="row">Not flagged</th>
            <Cell count={falseNegatives} all={all} words="missed" />
            <Cell count={trueNegatives} all={all} words="rightly left alone" />
          </tr>
        </tbody>
      </table>
    </Figure>
  );
}

function Cell({ count, all, words }: { count: number; all: number; words: string }) {
  const share = all > 0 ? count / all : 0;
  return (
    <td class="count" style={{ '--share': String(Math.min(share, 1) * 0.45) }}>
      <strong>{formatCount(count)}</strong>
      <span>
        {words}, {formatShare(share)}
      </span>
    </td>
  );
}

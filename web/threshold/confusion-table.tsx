import { formatCount, formatShare } from '../words/number.ts';
import type { Decision } from './decisions.ts';

/** Test examples by what was predicted and what happened; the tint is the share of all. */
export function ConfusionTable({ decision }: { decision: Decision }) {
  const { truePositives, falsePositives, falseNegatives, trueNegatives } = decision;
  const all = truePositives + falsePositives + falseNegatives + trueNegatives;
  return (
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

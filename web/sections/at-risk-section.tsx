import type { ReportLearning } from '../../src/report/report-data.ts';
import { ScoreHistogram } from '../charts/score-histogram.tsx';
import { countAtRisk } from '../findings/at-risk.ts';
import type { Report } from '../report/read-report.ts';
import { ScoreList } from '../score-list/score-list.tsx';
import { formatDay, parseDay } from '../words/date.ts';
import { formatCount, formatShare } from '../words/number.ts';
import { counted } from '../words/plural.ts';
import { LeakNotice, Notice } from './notice.tsx';
import { Section } from './section.tsx';

export function AtRiskSection({ report }: { report: Report }) {
  const { learning, nothingToLearn } = report.data;
  if (!learning)
    return (
      <Section id="at-risk" title="At risk now">
        <Notice title="Nobody was scored.">{nothingToLearn}</Notice>
      </Section>
    );
  return <ScoredUsers report={report} learning={learning} />;
}

function ScoredUsers({ report: { data, scores }, learning }: { report: Report; learning: ReportLearning }) {
  const { threshold } = learning.confusion;
  const { flagged } = countAtRisk(scores.probability, threshold);
  const day = formatDay(parseDay(learning.scores.day));
  return (
    <Section
      id="at-risk"
      title="At risk now"
      lead={`${counted(scores.size, 'user')} scored from the events before ${day}, UTC. The reasons are what raises a user’s score the most.`}
    >
      <LeakNotice protocol={data.meta.protocol} />
      <ScoreHistogram
        title={`${formatCount(flagged)} of ${counted(scores.size, 'user')} reach the threshold of ${formatShare(threshold)}`}
        probability={scores.probability}
        threshold={threshold}
      />
      <ScoreList scores={scores} threshold={threshold} day={learning.scores.day} />
    </Section>
  );
}

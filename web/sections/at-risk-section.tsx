import { useEffect, useRef } from 'preact/hooks';
import type { ReportLearning } from '../../src/report/report-data.ts';
import { ScoreHistogram } from '../charts/score-histogram.tsx';
import { countAtRisk } from '../findings/at-risk.ts';
import type { Report } from '../report/read-report.ts';
import { ScoreList } from '../score-list/score-list.tsx';
import { nameAt, useHash } from '../user/address.ts';
import { UserPage } from '../user/user-page.tsx';
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

/** Everyone at risk, or in their place the user whose page the address asks for; the list keeps its state meanwhile. */
function ScoredUsers({ report, learning }: { report: Report; learning: ReportLearning }) {
  const { data, scores } = report;
  const { threshold } = learning.confusion;
  const { flagged } = countAtRisk(scores.probability, threshold);
  const day = formatDay(parseDay(learning.scores.day));
  const asked = nameAt(useHash());
  const row = asked === undefined ? -1 : scores.name.indexOf(asked);
  useReturnToRow(row);
  return (
    <Section
      id="at-risk"
      title="At risk now"
      lead={`${counted(scores.size, 'user')} scored from the events before ${day}, UTC. The reasons are what raises a user’s score the most; whoever is opened shows all of them, with the days they come from.${scores.pseudonyms ? ' Names are pseudonyms: the run’s pseudonyms.csv says whose.' : ''}`}
    >
      <LeakNotice protocol={data.meta.protocol} />
      {asked !== undefined && row < 0 && (
        <Notice title="No such user.">This report has nobody called “{asked}”.</Notice>
      )}
      {row >= 0 && <UserPage key={row} report={report} learning={learning} row={row} />}
      <div hidden={row >= 0}>
        <ScoreHistogram
          title={`${formatCount(flagged)} of ${counted(scores.size, 'user')} reach the threshold of ${formatShare(threshold)}`}
          probability={scores.probability}
          threshold={threshold}
        />
        <ScoreList scores={scores} threshold={threshold} day={learning.scores.day} />
      </div>
    </Section>
  );
}

/** Whoever comes back from a user's page is where they left the list. */
function useReturnToRow(row: number): void {
  const before = useRef(-1);
  useEffect(() => {
    if (row < 0 && before.current >= 0) document.getElementById(`row-${before.current}`)?.focus();
    before.current = row;
  }, [row]);
}

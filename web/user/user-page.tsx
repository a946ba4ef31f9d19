import { useEffect, useRef, useState } from 'preact/hooks';
import type { ReportLearning } from '../../src/report/report-data.ts';
import type { Report } from '../report/read-report.ts';
import type { Scores } from '../report/scores.ts';
import type { User } from '../report/user-blocks.ts';
import { formatShare } from '../words/number.ts';
import { addressOf } from './address.ts';
import { ContributionsChart } from './contributions-chart.tsx';
import { RiskByDayChart } from './risk-by-day-chart.tsx';
import { TimelineChart } from './timeline-chart.tsx';
import { UserFacts } from './user-facts.tsx';

interface UserPageProps {
  readonly report: Report;
  readonly learning: ReportLearning;
  /** In the score list. */
  readonly row: number;
}

/** All that the run knows of one user: what they did, how likely they are to leave, and what the score adds up from. */
export function UserPage({ report, learning, row }: UserPageProps) {
  const { scores, data } = report;
  const heading = useRef<HTMLHeadingElement>(null);
  const [user, setUser] = useState<User>();
  const [failure, setFailure] = useState('');
  useEffect(() => {
    heading.current?.focus();
    let isWanted = true;
    report.users.user(row).then(
      (found) => isWanted && setUser(found),
      (error) => isWanted && setFailure(`This user cannot be shown: ${String(error)}`),
    );
    return () => {
      isWanted = false;
    };
  }, [report, row]);
  const probability = scores.probability[row];
  return (
    <article class="user" aria-labelledby="user-title">
      <UserNavigation scores={scores} row={row} />
      <h3 id="user-title" tabIndex={-1} ref={heading}>
        User {scores.name[row] || '(no name)'}: {formatShare(probability)} likely to be lost
      </h3>
      {failure !== '' && <p role="alert">{failure}</p>}
      {user && (
        <>
          <UserFacts report={report} learning={learning} row={row} user={user} />
          <TimelineChart user={user} scores={learning.scores} />
          <ContributionsChart user={user} scores={learning.scores} probability={probability} />
          <RiskByDayChart user={user} learning={learning} loss={data.meta.words.loss} />
        </>
      )}
    </article>
  );
}

function UserNavigation({ scores, row }: { scores: Scores; row: number }) {
  const others = [
    { title: 'The one more at risk', to: row - 1 },
    { title: 'The one less at risk', to: row + 1 },
  ];
  return (
    <nav class="user-navigation" aria-label="Users">
      <a href="#at-risk">All users</a>
      {others
        .filter(({ to }) => to >= 0 && to < scores.size)
        .map(({ title, to }) => (
          <a key={title} href={addressOf(scores.name[to])}>
            {title}
          </a>
        ))}
    </nav>
  );
}

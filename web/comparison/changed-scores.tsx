import type { ComparedScores, ComparedUser, ComparisonData } from '../../src/report/comparison-data.ts';
import { Figure } from '../charts/figure.tsx';
import { Section } from '../sections/section.tsx';
import { DataTable } from '../tables/data-table.tsx';
import { formatCount, formatMetric, formatShare } from '../words/number.ts';
import { counted } from '../words/plural.ts';

export function ChangedScores({ comparison: { scores, runs } }: { comparison: ComparisonData }) {
  if (scores === undefined) return null;
  const { top, entered, left, movers } = scores;
  const names = scores.pseudonyms ? ' Names are pseudonyms, under the key of the first run.' : '';
  return (
    <Section id="scores" title="Scores" lead={`${describe(scores)}${names}`}>
      <UserTable
        name="entered-top"
        title={`${counted(entered.length, 'user')} entered the ${formatCount(top)} most at risk`}
        subtitle="By their rank in the second run; a dash stands where a run did not score them."
        users={entered}
      />
      <UserTable
        name="left-top"
        title={`${counted(left.length, 'user')} left the ${formatCount(top)} most at risk`}
        subtitle={`By their rank in the first run. Whoever has no second rank was lost by ${runs[1].name}, or not in its log.`}
        users={left}
      />
      <UserTable
        name="largest-movers"
        title="Whose probability moved the most"
        subtitle="Of users scored in both runs."
        users={movers}
      />
    </Section>
  );
}

function describe(scores: ComparedScores): string {
  const { firstUsers, secondUsers, bothUsers, rankCorrelation, firstMean, secondMean } = scores;
  const users = `${counted(firstUsers, 'user')} scored in the first run, ${formatCount(secondUsers)} in the second, ${formatCount(bothUsers)} in both.`;
  if (bothUsers === 0) return users;
  return `${users} Of these, the mean probability went from ${formatShare(firstMean)} to ${formatShare(secondMean)}, and the two orders have a rank correlation (Spearman) of ${formatMetric(rankCorrelation)}: 1 is the same order, 0 none in common.`;
}

interface UserTableProps {
  readonly name: string;
  readonly title: string;
  readonly subtitle: string;
  readonly users: readonly ComparedUser[];
}

function UserTable({ name, title, subtitle, users }: UserTableProps) {
  const columns = [
    { title: 'User' },
    { title: 'First rank', format: formatCount },
    { title: 'Second rank', format: formatCount },
    { title: 'First probability', format: formatShare },
    { title: 'Second probability', format: formatShare },
  ];
  const rows = users.map((user) => [
    user.name,
    user.firstRank,
    user.secondRank,
    user.firstProbability,
    user.secondProbability,
  ]);
  return (
    <Figure wide isTable name={name} title={title} subtitle={subtitle} columns={columns} rows={rows}>
      <DataTable caption={title} columns={columns} rows={rows} />
    </Figure>
  );
}

import { rankCorrelations } from '../../explore/rank-correlation.ts';
import { mean } from '../../mean.ts';
import type { ComparedScores, ComparedUser } from '../../report/comparison-data.ts';

/** Everyone scored by a run, likeliest first. */
export interface ScoredList {
  readonly users: readonly string[];
  readonly probabilities: Float64Array;
}

const topUsers = 100;
const movers = 20;

/** What became of the scores from one run to the next. @param nameOf what to call a user. */
export function compareScores(
  first: ScoredList,
  second: ScoredList,
  nameOf: (user: string) => string,
): Omit<ComparedScores, 'pseudonyms'> {
  const [inFirst, inSecond] = [rowsOf(first), rowsOf(second)];
  const both = first.users.filter((user) => inSecond.has(user));
  const pair = (user: string): ComparedUser => {
    const [a, b] = [inFirst.get(user), inSecond.get(user)];
    return {
      name: nameOf(user),
      firstRank: a === undefined ? Number.NaN : a + 1,
      secondRank: b === undefined ? Number.NaN : b + 1,
      firstProbability: a === undefined ? Number.NaN : first.probabilities[a],
      secondProbability: b === undefined ? Number.NaN : second.probabilities[b],
    };
  };
  const pairs = both.map(pair);
  const [p, q] = [
    Float64Array.from(pairs, ({ firstProbability }) => firstProbability),
    Float64Array.from(pairs, ({ secondProbability }) => secondProbability),
  ];
  const top = Math.min(topUsers, first.users.length, second.users.length);
  const isInTop = (rows: ReadonlyMap<string, number>, user: string) => (rows.get(user) ?? top) < top;
  return {
    firstUsers: first.users.length,
    secondUsers: second.users.length,
    bothUsers: both.length,
    rankCorrelation: rankCorrelations([p, q])[0][1],
    firstMean: mean(p),
    secondMean: mean(q),
    top,
    entered: second.users
      .slice(0, top)
      .filter((user) => !isInTop(inFirst, user))
      .map(pair),
    left: first.users
      .slice(0, top)
      .filter((user) => !isInTop(inSecond, user))
      .map(pair),
    movers: pairs.toSorted((a, b) => moved(b) - moved(a) || a.secondRank - b.secondRank).slice(0, movers),
  };
}

function rowsOf({ users }: ScoredList): Map<string, number> {
  return new Map(users.map((user, row) => [user, row]));
}

function moved({ firstProbability, secondProbability }: ComparedUser): number {
  return Math.abs(secondProbability - firstProbability);
}

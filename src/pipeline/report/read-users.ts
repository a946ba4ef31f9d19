import type { Engine } from '../../engine/engine.ts';
import { identifier } from '../../engine/sql.ts';
import { dayMillis } from '../../ledger/columns.ts';
import type { ReportScores, ReportUser, ReportUserDay } from '../../report/report-user.ts';
import { numbersOf, stringsOf, type Table } from '../../table/table.ts';
import { contributionsKept } from '../score.ts';
import { runTable } from './run-table.ts';

const places = Array.from({ length: contributionsKept }, (_, i) => i + 1);
const reasons = ['reason_1', 'reason_2', 'reason_3'];

/**
 * Everyone at risk of a run folder, likeliest first, from its scores, contributions and ledger.
 * @param riskDays days of their risk by day to read; none where the run has none.
 * @param nameOf what to call a user.
 */
export async function* readUsers(
  engine: Engine,
  folder: string,
  { features, measures, firstDay }: ReportScores,
  riskDays: readonly number[],
  nameOf: (user: string) => string,
): AsyncIterable<ReportUser> {
  const risks = riskDays.map((day) => `day_${day}`);
  const scores = await runTable(folder, 'scores.parquet');
  const contributions = await runTable(folder, 'contributions.parquet');
  const ledger = await runTable(folder, 'ledger.parquet');
  const risk =
    risks.length > 0
      ? `join (select rank, "user", ${risks.map(identifier).join(', ')} from ${await runTable(folder, 'risk_by_day.parquet')}) as r using (rank, "user")`
      : '';
  const scored = await engine.query(
    `select * from ${scores} as s join ${contributions} as c using (rank, "user") ${risk} order by rank`,
  );
  const record = recordReader(scored, new Map(features.map(({ name }, i) => [name, i])), risks);
  // Whole numbers as doubles, which cost a reader a fraction of 64-bit integers.
  const asDouble = (sql: string, name: string) => `cast(${sql} as double) as ${identifier(name)}`;
  const columns = measures.map(({ column }) => asDouble(identifier(column), column)).join(', ');
  const days = daysByRank(
    engine.batches(
      `select ${asDouble('s.rank', 'rank')}, ${asDouble(`l.day - ${Date.parse(firstDay) / dayMillis}`, 'day')}, coalesce(plan, '') as plan, coalesce(device, '') as device, ${columns}
        from ${ledger} as l join ${scores} as s using ("user") order by s.rank, l.day`,
    ),
    measures.map(({ column }) => column),
  );
  let row = 0;
  for await (const { plan, device, days: activity } of days) {
    const { user, ...rest } = record(row++);
    yield { name: nameOf(user), plan, device, days: activity, ...rest };
  }
}

/** Reads one user's row of scores and contributions. */
function recordReader(
  table: Table,
  placeOfFeature: ReadonlyMap<string, number>,
  riskColumns: readonly string[],
) {
  const users = stringsOf(table, 'user');
  const probabilities = numbersOf(table, 'probability');
  const others = numbersOf(table, 'others');
  const risks = riskColumns.map((name) => numbersOf(table, name));
  const texts = reasons.map((name) => stringsOf(table, name));
  const kept = places.map((place) => ({
    feature: stringsOf(table, `feature_${place}`),
    value: numbersOf(table, `value_${place}`),
    contribution: numbersOf(table, `contribution_${place}`),
  }));
  return (row: number) => ({
    user: users[row],
    probability: probabilities[row],
    reasons: texts.map((column) => column[row]).filter((text) => text !== ''),
    contributions: kept.flatMap(({ feature, value, contribution }) => {
      const place = placeOfFeature.get(feature[row]);
      return place === undefined
        ? []
        : [{ feature: place, value: value[row], contribution: contribution[row] }];
    }),
    others: others[row],
    risk: risks.map((column) => column[row]),
  });
}

interface UserDays {
  plan: string;
  device: string;
  readonly days: ReportUserDay[];
}

/** The days of each user, from rows in the order of rank and day. */
async function* daysByRank(
  batches: AsyncIterable<Table>,
  measures: readonly string[],
): AsyncIterable<UserDays> {
  let current: (UserDays & { rank: number }) | undefined;
  for await (const batch of batches) {
    const ranks = numbersOf(batch, 'rank');
    const day = numbersOf(batch, 'day');
    const plans = stringsOf(batch, 'plan');
    const devices = stringsOf(batch, 'device');
    const counts = measures.map((name) => numbersOf(batch, name));
    for (let i = 0; i < batch.rows; i++) {
      if (current?.rank !== ranks[i]) {
        if (current !== undefined) yield current;
        current = { rank: ranks[i], plan: '', device: '', days: [] };
      }
      const plan = plans[i];
      const ofDay = new Array<number>(counts.length);
      for (let j = 0; j < ofDay.length; j++) ofDay[j] = counts[j][i];
      current.days.push({ day: day[i], plan, counts: ofDay });
      if (plan !== '') current.plan = plan;
      if (devices[i] !== '') current.device = devices[i];
    }
  }
  if (current !== undefined) yield current;
}

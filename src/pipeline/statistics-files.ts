import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { withinSeconds } from '../explore/before-loss.ts';
import type { Exploration } from '../explore/explore.ts';
import type { SurvivalCurve } from '../explore/lifetimes.ts';
import type { Ingested } from '../ingest/ingest.ts';
import { recordsToCsv, toCsv } from '../table/csv.ts';
import type { Cell } from '../table/table.ts';

/** Writes `statistics/`: a CSV a table of the exploration, and what became of the lines that were read. */
export async function writeStatistics(
  folder: string,
  exploration: Exploration,
  ingested: Pick<Ingested, 'accounting' | 'reasons'>,
): Promise<void> {
  const target = join(folder, 'statistics');
  await mkdir(target);
  for (const [name, table] of exploration.tables) await writeFile(join(target, `${name}.csv`), toCsv(table));
  const tables = { ...inputTables(ingested), ...tablesOf(exploration) };
  for (const [name, { columns, records }] of Object.entries(tables)) {
    await writeFile(join(target, `${name}.csv`), recordsToCsv(columns, records));
  }
}

interface Records {
  readonly columns: readonly string[];
  readonly records: readonly Readonly<Record<string, Cell>>[];
}

function inputTables({
  accounting,
  reasons,
}: Pick<Ingested, 'accounting' | 'reasons'>): Record<string, Records> {
  const { lines, accepted, anonymous, duplicate, quarantined, blank } = accounting;
  const outcomes = { lines, accepted, anonymous, duplicate, quarantined, blank };
  return {
    input: {
      columns: ['outcome', 'lines'],
      records: Object.entries(outcomes).map(([outcome, count]) => ({ outcome, lines: count })),
    },
    quarantine_reasons: {
      columns: ['reason', 'lines'],
      records: reasons
        .map(({ reason, lines: bad }) => ({ reason, lines: bad }))
        .sort((a, b) => b.lines - a.lines || (a.reason < b.reason ? -1 : 1)),
    },
  };
}

function tablesOf({ behaviour, lifetimes, cohorts, beforeLoss }: Exploration): Record<string, Records> {
  return {
    behaviour_by_outcome: { columns: behaviourColumns, records: behaviour },
    lifetimes: { columns: lifetimeColumns, records: lifetimeRecords(lifetimes.all) },
    lifetimes_by_attribute: {
      columns: ['attribute', 'value', ...lifetimeColumns],
      records: lifetimes.byAttribute.flatMap(({ attribute, groups }) =>
        groups.flatMap(({ value, curve }) =>
          lifetimeRecords(curve).map((record) => ({ attribute, value, ...record })),
        ),
      ),
    },
    lifetime_tests: {
      columns: ['attribute', 'groups', 'chi_square', 'degrees_of_freedom', 'p'],
      records: lifetimes.byAttribute.map(({ attribute, groups, test }) => ({
        attribute,
        groups: groups.length,
        chi_square: test.chiSquare,
        degrees_of_freedom: test.degrees,
        p: test.p,
      })),
    },
    cohorts: {
      columns: ['period', 'cohort', 'age', 'users', 'active', 'lost', 'complete'],
      records: cohorts.rows.map((row) => ({ period: cohorts.period, ...row })),
    },
    before_loss: {
      columns: ['role', 'actions', 'lost', 'last', 'share', 'low', 'high'],
      records: beforeLoss.roles.map(({ role, actions, last, share }) => ({
        role,
        actions,
        lost: beforeLoss.lost,
        last,
        share: share.value,
        low: share.low,
        high: share.high,
      })),
    },
    time_to_loss: {
      columns: ['role', 'within_seconds', 'users', 'lost'],
      records: beforeLoss.roles.flatMap(({ role, within, ever }) => {
        const spans: (number | null)[] = [...withinSeconds, null];
        return spans.map((seconds, i) => ({
          role,
          within_seconds: seconds,
          users: [...within, ever][i],
          lost: beforeLoss.lost,
        }));
      }),
    },
    paths_to_loss: {
      columns: ['last', 'before', 'first', 'users'],
      records: beforeLoss.paths.map(({ path: [last = null, before = null, first = null], users }) => ({
        last,
        before,
        first,
        users,
      })),
    },
  };
}

const lifetimeColumns = ['day', 'at_risk', 'lost', 'censored', 'staying', 'low', 'high'];

function lifetimeRecords(curve: SurvivalCurve): Records['records'] {
  return curve.map(({ day, atRisk, lost, censored, staying }) => ({
    day,
    at_risk: atRisk,
    lost,
    censored,
    staying: staying.value,
    low: staying.low,
    high: staying.high,
  }));
}

const behaviourColumns = [
  'measure',
  'unit',
  'outcome',
  'users',
  'mean',
  'sd',
  'min',
  'q05',
  'q25',
  'q50',
  'q75',
  'q95',
  'max',
];

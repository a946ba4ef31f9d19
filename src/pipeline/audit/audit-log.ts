import { findAloneAgainstRest } from '../../audit/alone-against-rest.ts';
import type { Audit, CheckResult } from '../../audit/audit.ts';
import { auditRows } from '../../audit/audit-rows.ts';
import { scrambleLabels } from '../../audit/label-scramble.ts';
import { scrambleResult } from '../../audit/scramble-result.ts';
import type { Effects } from '../../effects.ts';
import { featureCatalogue } from '../../features/catalogue.ts';
import { labelledCutoffs } from '../../features/cutoffs.ts';
import { examplesSql, readExamples } from '../../features/examples.ts';
import type { Context } from '../context.ts';
import { type Learned, learn } from '../learn.ts';
import { type OwnTable, openOwnTables } from '../own-tables/open-own-tables.ts';
import { readLog } from '../read-log.ts';
import type { LearnSettings } from '../settings.ts';
import { auditFuture } from './audit-future.ts';
import { auditForeknowledge, auditUndated } from './audit-own-tables.ts';
import { priceOfLeaks } from './price-of-leaks.ts';
import { auditScore, oracleScore } from './score-limits.ts';
import { type AuditLogSettings, fullScramble } from './settings.ts';

/** Every check on a log, its own features and tables, and what each leak would have been worth. @throws NothingToLearnError */
export async function auditLog(settings: AuditLogSettings, context: Context): Promise<Audit> {
  const { engine, stopwatch, effects } = context;
  const learning: LearnSettings = { ...settings, protocol: 'forecast', learners: ['gradient-boosting'] };
  const log = await readLog(settings, context);
  const catalogue = featureCatalogue(settings.definition);
  const own = await openOwnTables(engine, settings.own, settings.definition);
  const features = [...catalogue, ...own.flatMap((table) => table.features)];
  const cutoffs = labelledCutoffs(log.span, settings);
  const { leadDays, horizonDays } = settings;
  const rows = await stopwatch.time('features', async () => {
    await engine.createTableAs(
      'examples',
      examplesSql(features, cutoffs, { kind: 'window', leadDays, horizonDays }),
    );
    return readExamples(engine, 'examples', features);
  });
  const learned = await stopwatch.time('models', () => learn(rows, learning, engine, effects));
  const { plan, groups } = learned;
  const future = await stopwatch.time('future edit', () =>
    auditFuture(settings, log, cutoffs, catalogue, context),
  );
  const scramble = await stopwatch.time('label scramble', async () =>
    scrambleLabels(rows, plan, groups, { ...fullScramble, seed: settings.seed }),
  );
  const prices = await stopwatch.time('leak price', () =>
    priceOfLeaks(rows, learned, features, settings, log, context),
  );
  const oracle =
    settings.truth === undefined
      ? undefined
      : await oracleScore(engine, settings.truth, rows, learned, settings);
  return {
    checks: [
      future,
      scrambleResult(scramble),
      ...auditRows(rows, true),
      await againstRest(rows, learned, own, settings, effects),
      auditScore(learned, oracle),
      ...(own.length === 0 ? [] : [await auditForeknowledge(engine, rows, own), auditUndated(own)]),
    ],
    scramble,
    prices,
  };
}

async function againstRest(
  rows: Parameters<typeof findAloneAgainstRest>[0],
  { plan, groups }: Learned,
  own: readonly OwnTable[],
  { seed, replicates }: Pick<AuditLogSettings, 'seed' | 'replicates'>,
  effects: Effects,
): Promise<CheckResult> {
  const sources = new Map(
    own.flatMap(({ path, features }) => features.map(({ name }) => [name, path] as const)),
  );
  const sourceOf = (feature: string) => sources.get(feature) ?? feature;
  return {
    check: 'alone against the rest',
    done: true,
    words: `the strongest of ${rows.matrix.names.length} columns against all others together`,
    findings: await findAloneAgainstRest(rows, plan, groups, { seed, replicates, sourceOf }, effects),
  };
}

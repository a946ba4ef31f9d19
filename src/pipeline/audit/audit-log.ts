import type { Audit } from '../../audit/audit.ts';
import { featureCatalogue } from '../../features/catalogue.ts';
import { labelledCutoffs } from '../../features/cutoffs.ts';
import { examplesSql, readExamples } from '../../features/examples.ts';
import { type Context, withEmbeddedEngine } from '../context.ts';
import { learn } from '../learn.ts';
import { openOwnTables } from '../own-tables/open-own-tables.ts';
import { readLog } from '../read-log.ts';
import { auditFully } from './audit-learned.ts';
import { oracleScore } from './score-limits.ts';
import type { AuditLogSettings } from './settings.ts';

/** Every check on a log, its own features and tables, and what each leak would have been worth. @throws NothingToLearnError */
export async function auditLog(settings: AuditLogSettings, context: Context): Promise<Audit> {
  const { engine, stopwatch, effects } = context;
  const learning = { ...settings, protocol: 'forecast', learners: ['gradient-boosting'] } as const;
  const log = await readLog(settings, context);
  const catalogue = featureCatalogue(settings.definition);
  const own = await openOwnTables(context, settings.own, settings.definition);
  const features = [...catalogue, ...own.flatMap((table) => table.features)];
  const { leadDays, horizonDays, truth } = settings;
  const label = { kind: 'window', leadDays, horizonDays } as const;
  const rows = await stopwatch.time('features', async () => {
    const cutoffs = labelledCutoffs(log.span, settings);
    await engine.createTransientAs('examples', examplesSql(features, cutoffs, label));
    return readExamples(engine, 'examples', features);
  });
  const learned = await stopwatch.time('models', () => learn(rows, learning, engine, effects));
  const oracle =
    truth === undefined
      ? {}
      : {
          oracle: await withEmbeddedEngine(context, (reader) =>
            oracleScore(reader, truth, rows, learned, settings),
          ),
        };
  return auditFully(learning, { log, catalogue, own, rows, learned, ...oracle }, context);
}

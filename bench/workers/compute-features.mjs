import { featureCatalogue } from '../../dist/features/catalogue.js';
import { labelledCutoffs } from '../../dist/features/cutoffs.js';
import { examplesSql } from '../../dist/features/examples.js';
import { defaultLearnSettings, defaultReadSettings } from '../../dist/index.js';
import { readLog } from '../../dist/pipeline/read-log.js';

/**
 * The part of the main job that ends with the features.
 * @param {(select: string, name: 'ledger' | 'examples') => Promise<void>} write what a query gives.
 */
export async function computeFeatures(log, context, write) {
  const settings = { ...defaultReadSettings, ...defaultLearnSettings, log: [log] };
  const { span } = await readLog(settings, context);
  const { stopwatch } = context;
  await stopwatch.time('ledger', () => write('select * from ledger', 'ledger'));
  await stopwatch.time('features', () => write(examples(span, settings), 'examples'));
}

function examples(span, settings) {
  const { definition, leadDays, horizonDays } = settings;
  const label = { kind: 'window', leadDays, horizonDays };
  return examplesSql(featureCatalogue(definition), labelledCutoffs(span, settings), label);
}

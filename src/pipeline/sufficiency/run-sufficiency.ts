import type { ExampleRows } from '../../features/examples.ts';
import type { Feature } from '../../features/feature.ts';
import type { Context } from '../context.ts';
import type { Learned } from '../learn.ts';
import { windowLabel } from '../outcomes/label.ts';
import type { ReadLog } from '../read-log.ts';
import type { RunSettings } from '../settings.ts';
import { assessSufficiency, type Sufficiency } from './sufficiency.ts';
import { writeSufficiency } from './sufficiency-files.ts';

/**
 * Whether the data of a run suffice, written to its `metrics/` too. Undefined under the retrospective protocol: its rows tell nothing of a
 * forecast. The engine's `ledger` must be that of the log.
 */
export function runSufficiency(
  settings: RunSettings,
  log: ReadLog,
  learned: Learned,
  rows: ExampleRows,
  features: readonly Feature[],
  { engine, folder, stopwatch, effects }: Context,
): Promise<Sufficiency | undefined> {
  if (settings.protocol === 'retrospective') return Promise.resolve(undefined);
  const label = windowLabel(settings);
  const source = settings.sufficiency === true ? { engine, features, label, span: log.span } : undefined;
  return stopwatch.time('sufficiency', async () => {
    const sufficiency = await assessSufficiency(rows, learned, settings, source, { effects });
    await writeSufficiency(folder, sufficiency);
    return sufficiency;
  });
}

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Definition } from '../definition/schema.ts';
import type { Effects } from '../effects.ts';
import { InputError } from '../errors.ts';
import { dateOf, dayAfter } from '../features/cutoffs.ts';
import type { Accounting } from '../ingest/accounting.ts';
import { dayMillis } from '../ledger/columns.ts';
import { withContext } from './context.ts';
import { modelFeatures, readModelFile } from './model-file.ts';
import { atRiskIn } from './outcomes/label.ts';
import { keepLoss, useOutcome } from './outcomes/use-outcome.ts';
import { openOwnTables } from './own-tables/open-own-tables.ts';
import type { OwnTableSpec } from './own-tables/own-table-spec.ts';
import { readLog } from './read-log.ts';
import { publishScores, type Score, scoreUsers } from './score.ts';
import { publicationName } from './scores-files.ts';
import { checkPublish, type ReadSettings } from './settings.ts';

export interface ScoreSettings extends Omit<ReadSettings, 'definition'> {
  /** Run folder or model file. */
  readonly model: string;
  /** By default the definition that the model was trained with. */
  readonly definition?: Definition;
  /** Day since 1970 at whose start users are scored; by default the day after the log's last event. */
  readonly at?: number;
  /** Tables of one's own that the model was trained with. */
  readonly own?: readonly OwnTableSpec[];
  /** Leave the scores where the cluster keeps its data, at a URL or `table:NAME`, and collect none. */
  readonly publish?: string;
}

export interface Scored {
  /** UTC date; events before its start were used. */
  readonly day: string;
  readonly modelSha256: string;
  readonly accounting: Accounting;
  readonly notes: readonly string[];
  /** Empty where they were published. */
  readonly scores: readonly Score[];
  readonly published?: { readonly place: string; readonly users: number };
}

/**
 * Scores everyone at risk in another log with a saved model.
 * @throws InputError when the log cannot give the model's features, or does not reach back before the day.
 */
export async function scoreLog(settings: ScoreSettings, effects: Effects): Promise<Scored> {
  checkPublish(settings.spark, settings.publish);
  const { file, sha256 } = await readModelFile(settings.model);
  const definition = settings.definition ?? file.definition;
  const folder = await mkdtemp(join(tmpdir(), 'refrain-score-'));
  try {
    return await withContext(folder, settings, effects, async (context) => {
      const { engine } = context;
      const own = await openOwnTables(context, settings.own ?? [], definition, file.model.features);
      const features = modelFeatures(
        file.model,
        definition,
        own.flatMap((table) => table.features),
      );
      const log = await readLog({ ...settings, definition }, context);
      const { outcome } = file;
      if (outcome !== undefined) {
        await keepLoss(engine);
        await useOutcome(outcome, definition, engine);
      }
      const atRisk = atRiskIn({ definition, outcome });
      const day = settings.at ?? dayAfter(log.span);
      if (day * dayMillis <= log.span.first) {
        throw new InputError(
          `Nobody can be scored at ${dateOf(day)}: the log begins on ${dateOf(Math.floor(log.span.first / dayMillis))}.`,
          { at: dateOf(day) },
        );
      }
      const { accounting } = log.ingested;
      const notes = [...log.notes, ...leakiness(file.protocol), ...staleness(dayAfter(log.span), day)];
      const scored = { day: dateOf(day), modelSha256: sha256, accounting, notes };
      const { publish: place } = settings;
      if (place === undefined) {
        const { scores } = await scoreUsers(engine, file.model, features, day, effects, atRisk);
        return { ...scored, scores };
      }
      const run = publicationName(effects.now());
      const users = await publishScores(engine, file.model, features, day, place, run, atRisk);
      return { ...scored, scores: [], published: { place, users } };
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function leakiness(protocol: 'forecast' | 'retrospective'): string[] {
  if (protocol === 'forecast') return [];
  return [
    'The model is retrospective: it tells who looks like those who had left, and its probabilities are no forecast.',
  ];
}

function staleness(end: number, day: number): string[] {
  if (day <= end) return [];
  const days = day - end === 1 ? 'day' : `${day - end} days`;
  return [
    `The log ends before ${dateOf(end)}: the ${days} from there to ${dateOf(day)} count as without events.`,
  ];
}

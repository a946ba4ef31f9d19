import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { atOnce } from '../at-once.ts';
import type { ExampleRows } from '../features/examples.ts';
import type { ReportJudgement } from '../report/report-judgement.ts';
import { assessBeside } from './assess.ts';
import type { Context } from './context.ts';
import { writeEffects } from './effects-files.ts';
import { type Explained, explainLearned } from './explain-learned.ts';
import type { Learned } from './learn.ts';
import { writeMetrics } from './metrics-files.ts';
import { type ModelCard, modelCard } from './model-card.ts';
import { modelCardMarkdown } from './model-card-markdown.ts';
import { writeBeyondClock } from './outcomes/beyond-clock.ts';
import type { ReadLog } from './read-log.ts';
import type { RunSettings } from './settings.ts';

/** What the chosen model does with its features, and how far it and the others can be trusted; written to `metrics/` and the model card. */
export async function explainAndJudge(
  settings: RunSettings,
  log: ReadLog,
  learned: Learned,
  rows: ExampleRows,
  { folder, stopwatch, effects }: Context,
): Promise<{ readonly explained: Explained; readonly judgement: ReportJudgement }> {
  const [explained, assessment] = await atOnce([
    stopwatch.time('explanation', () => explainLearned(learned, rows, settings.seed, effects)),
    stopwatch.time('judgement', () => assessBeside(learned, rows, settings, effects)),
  ]);
  await writeMetrics(folder, learned, rows, explained.importance, assessment);
  await writeBeyondClock(folder, settings.outcome, learned, rows, settings);
  await writeEffects(folder, explained);
  await writeModelCard(folder, modelCard(settings, log, learned, explained.importance));
  return { explained, judgement: assessment.judgement };
}

async function writeModelCard(folder: string, card: ModelCard): Promise<void> {
  await writeFile(join(folder, 'model-card.json'), `${JSON.stringify(card, null, 2)}\n`);
  await writeFile(join(folder, 'model-card.md'), modelCardMarkdown(card));
}

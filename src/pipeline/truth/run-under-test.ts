import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { InputError, NothingToLearnError } from '../../errors.ts';
import { predictionsPath } from '../predictions-file.ts';
import { readJson } from './read-json.ts';

/** Of a run what measuring it against the truth needs. */
export interface RunUnderTest {
  readonly leadDays: number;
  readonly horizonDays: number;
  readonly seed: number;
  readonly replicates: number;
  /** The learner that the run chose. */
  readonly chosen: string;
  /** Path of its test predictions. */
  readonly predictions: string;
}

const manifestSchema = z.object({
  settings: z.object({
    protocol: z.enum(['forecast', 'retrospective']),
    outcome: z.object({ kind: z.string(), name: z.string() }).optional(),
    leadDays: z.int().min(0),
    horizonDays: z.int().min(1),
    seed: z.int(),
    replicates: z.int().min(1),
  }),
  chosenModel: z.string().optional(),
  nothingToLearn: z.string().optional(),
});

/** @throws InputError when the folder is no forecast of `refrain run`; NothingToLearnError when it learned nothing. */
export async function readRunUnderTest(folder: string): Promise<RunUnderTest> {
  const path = join(folder, 'run.json');
  const { settings, chosenModel, nothingToLearn } = await readJson(path, manifestSchema, {
    absent: `There is no run in ${folder}: give the folder that refrain run made.`,
    wrong: 'is no manifest of refrain run',
  });
  if (chosenModel === undefined) {
    throw new NothingToLearnError(
      `The run ${folder} has no model: ${nothingToLearn ?? 'it only explored'}.`,
      {
        run: folder,
      },
    );
  }
  const { protocol, outcome, leadDays, horizonDays, seed, replicates } = settings;
  if (outcome !== undefined && outcome.kind !== 'loss') {
    throw new InputError(
      `The run ${folder} forecasts "${outcome.name}", and the truth of a simulated log is of the loss alone.`,
      { run: folder, outcome: outcome.name },
    );
  }
  if (protocol === 'retrospective') {
    throw new InputError(
      `The run ${folder} is retrospective and forecasts nothing; the truth is about a window after a cutoff. Run again with --protocol forecast.`,
      { run: folder },
    );
  }
  const predictions = join(folder, predictionsPath);
  if (!(await stat(predictions).catch(() => undefined))?.isFile()) {
    throw new InputError(`${predictions} is missing: this version's runs have it. Run again.`, {
      path: predictions,
    });
  }
  return { leadDays, horizonDays, seed, replicates, chosen: chosenModel, predictions };
}

import { appendFileSync } from 'node:fs';
import { readFile, truncate } from 'node:fs/promises';
import { z } from 'zod';
import { InputError } from '../errors.ts';
import { storageError } from '../storage-error.ts';

/** A fit of a learner with all its settings on a fold. */
export interface LoggedFit {
  readonly learner: string;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly fold: number;
}

const lineSchema = z.strictObject({
  /** What the loss depends on beside the fit itself: see `contextOf`. */
  context: z.string(),
  learner: z.string(),
  settings: z.record(z.string(), z.json()),
  fold: z.int().min(0),
  logLoss: z.number(),
});

/**
 * Losses of fits in a file, a line of JSON each, appended as fits end: a search that was interrupted finds them there and goes
 * on as if it had not been. Lines of another context stay and are not looked at.
 */
export class TrialLog {
  readonly #path: string;
  readonly #context: string;
  readonly #losses: Map<string, number>;

  /**
   * A file that is not there begins with the first fit. A last line without an end, as a kill leaves it, is cut off.
   * @throws InputError when the file holds anything but trials; EngineError when it cannot be read or written.
   */
  static async open(path: string, context: string): Promise<TrialLog> {
    const text = await readIfThere(path);
    const whole = text.slice(0, text.lastIndexOf('\n') + 1);
    const losses = new Map<string, number>();
    whole.split('\n').forEach((line, i) => {
      if (line === '') return;
      const fit = parseLine(line, path, i + 1);
      if (fit.context === context) losses.set(keyOf(fit), fit.logLoss);
    });
    if (whole.length < text.length) {
      await truncate(path, Buffer.byteLength(whole)).catch((error) => {
        throw storageError(error, path);
      });
    }
    return new TrialLog(path, context, losses);
  }

  private constructor(path: string, context: string, losses: Map<string, number>) {
    this.#path = path;
    this.#context = context;
    this.#losses = losses;
  }

  lossOf(fit: LoggedFit): number | undefined {
    return this.#losses.get(keyOf(fit));
  }

  /** @throws EngineError when the line cannot be written. */
  add({ learner, settings, fold }: LoggedFit, logLoss: number): void {
    const line = JSON.stringify({ context: this.#context, learner, settings, fold, logLoss });
    try {
      appendFileSync(this.#path, `${line}\n`);
    } catch (error) {
      throw storageError(error, this.#path);
    }
  }
}

function keyOf({ learner, settings, fold }: LoggedFit): string {
  return JSON.stringify([learner, fold, Object.entries(settings).sort(([a], [b]) => (a < b ? -1 : 1))]);
}

async function readIfThere(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '';
    throw storageError(error, path);
  }
}

function parseLine(line: string, path: string, number: number): z.infer<typeof lineSchema> {
  const result = lineSchema.safeParse(parseJson(line));
  if (result.success) return result.data;
  throw new InputError(
    `Line ${number} of ${path} is no trial: ${line.slice(0, 200)}. Give a file that earlier tuning has written, or one that is not there yet.`,
    { path, line: number },
  );
}

/** Undefined for what is no JSON. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { type Outcome, outcomeSchema } from '../definition/outcomes.ts';
import { type Definition, definitionSchema } from '../definition/schema.ts';
import { InputError } from '../errors.ts';
import { featureCatalogue } from '../features/catalogue.ts';
import type { Feature } from '../features/feature.ts';
import { historyChannels } from '../features/history.ts';
import { channelsOf, type Model } from '../models/model.ts';
import { parseModel } from '../models/model-json.ts';

const header = z.strictObject({
  format: z.literal(1),
  protocol: z.enum(['forecast', 'retrospective']),
  leadDays: z.int().min(0),
  horizonDays: z.int().min(1),
  /** A user is called "about to leave" from this probability up. */
  threshold: z.number(),
  definition: definitionSchema,
  outcome: outcomeSchema.optional(),
  model: z.unknown(),
});

/** A model with all that scoring another log needs. */
export interface ModelFile {
  readonly format: 1;
  readonly protocol: 'forecast' | 'retrospective';
  readonly leadDays: number;
  readonly horizonDays: number;
  readonly threshold: number;
  /** Without what else could have been forecast. */
  readonly definition: Definition;
  /** What it forecasts; absent: the definition's loss. */
  readonly outcome?: Outcome | undefined;
  readonly model: Model;
}

/** Larger files are refused before they are parsed. */
const maxBytes = 512 * 1024 * 1024;

/** The file of a judged learner, as text; equal models give equal bytes. */
export function modelFileText(
  {
    protocol,
    leadDays,
    horizonDays,
    definition: { outcomes: _others, ...definition },
    outcome,
  }: Omit<ModelFile, 'format' | 'threshold' | 'model'>,
  { threshold, model }: Pick<ModelFile, 'threshold' | 'model'>,
): string {
  const about = outcome === undefined ? { definition } : { definition, outcome };
  const file: ModelFile = { format: 1, protocol, leadDays, horizonDays, threshold, ...about, model };
  return `${JSON.stringify(file)}\n`;
}

/** The model of a run folder, or a model file. @throws InputError when there is none, or it is not one of Refrain's. */
export async function readModelFile(path: string): Promise<{ file: ModelFile; sha256: string }> {
  const { json, sha256, source } = await readModelJson(path);
  return { file: parseModelFile(json, source), sha256 };
}

/**
 * What a model file of any kind holds, unchecked but for its size and, in the folder of a run or a fit, its hash.
 * @throws InputError when there is none, it is too large, it is not JSON, or it is not the one that the folder's manifest tells of.
 */
export async function readModelJson(
  path: string,
): Promise<{ json: unknown; sha256: string; source: string }> {
  const target = path.endsWith('.json') ? path : join(path, 'model.json');
  const bytes = await readBounded(target).catch((cause) => {
    if (cause instanceof InputError) throw cause;
    throw new InputError(
      `There is no model at ${target}: give the folder of a run, or a model.json.`,
      { path: target },
      { cause },
    );
  });
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  if (target !== path) await checkManifest(path, target, sha256);
  return { json: parseJson(bytes.toString(), target), sha256, source: target };
}

async function readBounded(path: string): Promise<Buffer> {
  const { size } = await stat(path);
  if (size <= maxBytes) return readFile(path);
  throw new InputError(`${path} has ${size} bytes; a model has ${maxBytes} at most.`, { path });
}

/** @throws InputError when the folder's manifest tells of another model. */
async function checkManifest(folder: string, source: string, sha256: string): Promise<void> {
  const path = join(folder, 'run.json');
  const text = await readFile(path, 'utf8').catch(() => undefined);
  if (text === undefined) return;
  const manifest = z.object({ modelSha256: z.string() }).safeParse(parseJson(text, path));
  if (!manifest.success || manifest.data.modelSha256 === sha256) return;
  throw new InputError(
    `${source} is not the model that run.json tells of: its SHA-256 is ${sha256}, not ${manifest.data.modelSha256}. It was changed or damaged since. To use it as it is, name the file and not the folder.`,
    { path: source, sha256, expected: manifest.data.modelSha256 },
  );
}

function parseJson(text: string, source: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new InputError(`${source} is not JSON.`, { path: source }, { cause });
  }
}

/** Whether a model file is of a table, and not of a log. */
export function isTableModel(json: unknown): boolean {
  return z.object({ source: z.literal('table') }).safeParse(json).success;
}

/** A checked model of a log. @throws InputError naming what is wrong. */
export function parseModelFile(json: unknown, source: string): ModelFile {
  if (isTableModel(json)) {
    throw new InputError(`${source} is a model of a table, not of a log: use refrain predict.`, {
      path: source,
    });
  }
  const result = header.safeParse(json);
  if (!result.success) {
    throw new InputError(`${source} is no model file of Refrain's:\n${z.prettifyError(result.error)}`, {
      path: source,
    });
  }
  return { ...result.data, model: parseModel(result.data.model) };
}

/**
 * The model's features, as this definition computes them.
 * @param own features of own tables, beside the definition's.
 * @throws InputError naming those that neither gives.
 */
export function modelFeatures(model: Model, definition: Definition, own: readonly Feature[] = []): Feature[] {
  const catalogue = new Map(
    [...featureCatalogue(definition), ...own].map((feature) => [feature.name, feature]),
  );
  const channels = new Set(historyChannels(definition));
  const missing = [
    ...model.features.filter((name) => !catalogue.has(name)),
    ...channelsOf(model).filter((name) => !channels.has(name)),
  ];
  if (missing.length > 0) {
    throw new InputError(
      `The definition "${definition.name}" cannot give ${missing.length} of the model's ${model.features.length + channelsOf(model).length} features: ${missing.slice(0, 10).join(', ')}${missing.length > 10 ? ', …' : ''}. If they come from tables of your own, give these by --with.`,
      { missing },
    );
  }
  return model.features.flatMap((name) => catalogue.get(name) ?? []);
}

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Accounting } from '../ingest/accounting.ts';
import type { ReadLog } from './read-log.ts';
import type { SparkTarget } from './settings.ts';
import type { Judgement } from './sufficiency/judge-sufficiency.ts';

/** Version of this package. */
export const version: string = JSON.parse(
  readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
).version;

/** `run.json`: what a run read, how it was set up, and what it took. */
export interface Manifest extends LearningPart {
  readonly version: string;
  readonly command: 'run' | 'explore';
  readonly createdAt: string;
  readonly settings: Readonly<Record<string, unknown>>;
  /** Without a hash where only the engine could read the file. */
  readonly inputs: readonly { readonly path: string; readonly bytes: number; readonly sha256?: string }[];
  readonly accounting: Accounting;
  readonly notes: readonly string[];
  readonly users: number;
  readonly lost: number;
  /** By stage; time in which several stages ran is shared between them, so that they add up to what passed. */
  readonly seconds: Readonly<Record<string, number>>;
  readonly peakMemoryBytes: number;
  /** Of outcomes beside the run's own, by name; each has its own folder below `outcomes`. */
  readonly outcomes?: Readonly<Record<string, LearningPart & { readonly lost: number }>>;
}

/** What was learned of an outcome. */
export interface LearningPart {
  readonly fitSeconds?: Readonly<Record<string, number>>;
  readonly chosenModel?: string;
  readonly modelSha256?: string;
  /** What puts the chosen model's probabilities right. */
  readonly calibration?: string;
  /** How learners, settings and calibrators were chosen. */
  readonly selection?: { readonly order: string; readonly words: string };
  /** Whether the data suffice for a forecast; absent under the retrospective protocol. */
  readonly sufficiency?: Judgement;
  /** Why there is no risk by day. */
  readonly noRiskByDay?: string;
  /** Why there is no model. */
  readonly nothingToLearn?: string;
}

export async function writeManifest(folder: string, manifest: Manifest): Promise<void> {
  await writeFile(join(folder, 'run.json'), `${JSON.stringify(manifest, null, 2)}\n`);
}

/** The part of a manifest that comes from reading the log. */
export function readingPart({ ingested, notes, users, lost }: ReadLog) {
  return {
    inputs: ingested.files,
    accounting: ingested.accounting,
    notes,
    users,
    lost,
    peakMemoryBytes: process.resourceUsage().maxRSS * 1024,
  };
}

/** The engine as the manifest tells of it: of a cluster's URL no parameter, since they may be secret. */
export function engineSettings(spark: SparkTarget | undefined): Readonly<Record<string, string>> {
  if (spark === undefined) return { engine: 'duckdb' };
  const { remote, work } = spark;
  return {
    engine: 'spark',
    remote: remote.replace(/;.*/s, ''),
    ...(work === undefined ? {} : { work }),
  };
}

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

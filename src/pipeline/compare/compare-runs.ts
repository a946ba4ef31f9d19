import { basename, resolve } from 'node:path';
import type { Effects } from '../../effects.ts';
import type { Engine } from '../../engine/engine.ts';
import type { ComparedRun, ComparedScores, ComparisonData } from '../../report/comparison-data.ts';
import { renderReport } from '../../report/html.ts';
import { packNobody } from '../../report/pack-users.ts';
import { numbersOf, stringsOf } from '../../table/table.ts';
import { pseudonymsOfRun } from '../report/pseudonyms-file.ts';
import { runTable } from '../report/run-table.ts';
import { type ReportOptions, withEmbeddedEngine } from '../report/write-report.ts';
import { compareCounts } from './compare-counts.ts';
import { type Catalogue, compareFeatures } from './compare-features.ts';
import { compareMetrics } from './compare-metrics.ts';
import { compareScores, type ScoredList } from './compare-scores.ts';
import { differentSettings } from './compare-settings.ts';
import { type RunFolder, readRun } from './read-run.ts';

/**
 * What changed from one run to another, as a page. Pseudonyms are those of users scored in either, under the key of the first.
 * @throws InputError where a folder is none of a run of this version.
 */
export async function comparisonOfFolders(
  first: string,
  second: string,
  { template, showUsers }: ReportOptions,
  effects: Effects,
): Promise<string> {
  const runs = [await readRun(first), await readRun(second)] as const;
  const data = await withEmbeddedEngine(effects, (engine) => compareRuns(runs, showUsers, engine));
  return renderReport(data, await packNobody(), template);
}

async function compareRuns(
  runs: readonly [RunFolder, RunFolder],
  showUsers: boolean,
  engine: Engine,
): Promise<ComparisonData> {
  const [first, second] = runs;
  const haveLearned = first.data.learning !== undefined && second.data.learning !== undefined;
  return {
    kind: 'comparison',
    runs: [comparedRun(first, nameOf(first, second)), comparedRun(second, nameOf(second, first))],
    sameInput: sameInput(first, second),
    counts: compareCounts(first.data, second.data),
    settings: differentSettings(
      { version: first.data.meta.version, ...first.manifest.settings },
      { version: second.data.meta.version, ...second.manifest.settings },
    ).filter(({ name }) => name !== 'log' && name !== 'threads'),
    features: haveLearned
      ? await compareFeatures(engine, [first.folder, second.folder], catalogueOf(first, second))
      : { added: [], removed: [], common: [] },
    metrics: compareMetrics(first.data, second.data),
    ...(haveLearned ? { scores: await comparedScores(first, second, showUsers, engine) } : {}),
  };
}

async function comparedScores(
  first: RunFolder,
  second: RunFolder,
  showUsers: boolean,
  engine: Engine,
): Promise<ComparedScores> {
  const [before, after] = [await readScores(engine, first), await readScores(engine, second)];
  const users = [...new Set([...before.users, ...after.users])];
  const pseudonyms = showUsers ? undefined : await pseudonymsOfRun(first.folder, users);
  const compared = compareScores(before, after, (user) => pseudonyms?.get(user) ?? user);
  return { pseudonyms: !showUsers, ...compared };
}

async function readScores(engine: Engine, { folder }: RunFolder): Promise<ScoredList> {
  const scores = await runTable(folder, 'scores.parquet');
  const table = await engine.query(`select "user", probability from ${scores} order by rank`);
  return { users: stringsOf(table, 'user'), probabilities: numbersOf(table, 'probability') };
}

/** What a run is called: by its folder, with the path where the other's is called the same. */
function nameOf({ folder }: RunFolder, other: RunFolder): string {
  const [own, theirs] = [folder, other.folder].map((path) => basename(resolve(path)));
  return own === theirs ? folder : own;
}

function comparedRun({ data: { meta, log, learning } }: RunFolder, name: string): ComparedRun {
  return {
    name,
    version: meta.version,
    createdAt: meta.createdAt,
    definition: meta.definition,
    ...(meta.note === undefined ? {} : { note: meta.note }),
    firstEvent: log.firstEvent,
    lastEvent: log.lastEvent,
    ...(learning === undefined ? {} : { scoreDay: learning.scores.day, chosenModel: learning.chosen }),
  };
}

/** Whether both read files of the same content, whatever their order and their names. */
function sameInput(first: RunFolder, second: RunFolder): boolean {
  const contents = ({ manifest }: RunFolder) => manifest.inputs.map(({ sha256 }) => sha256 ?? '').sort();
  const [a, b] = [contents(first), contents(second)];
  return !a.includes('') && a.join() === b.join();
}

/** What each feature is called, by the run that knows it. */
function catalogueOf(...runs: readonly RunFolder[]): Catalogue {
  return new Map(
    runs.flatMap(({ data }) => {
      const { name, meaning, unit } = data.learning?.catalogue ?? { name: [], meaning: [], unit: [] };
      return name.map((one, i) => [one, { meaning: meaning[i], unit: unit[i] }] as const);
    }),
  );
}

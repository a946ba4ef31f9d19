import type { Definition } from '../definition/schema.ts';
import { wilsonInterval } from '../evaluation/intervals.ts';
import type { Exploration } from '../explore/explore.ts';
import type { CompetingIncidence } from '../explore/incidence.ts';
import type { LogSpan } from '../features/cutoffs.ts';
import type { Ingested } from '../ingest/ingest.ts';
import { reportIncidence, reportLeaving } from './build-leaving.ts';
import { reportLog } from './build-log.ts';
import type { ReportData, ReportGroup, ReportInput, ReportLearning, ReportMeta } from './report-data.ts';
import { number, rowsOf, text } from './statistic-rows.ts';

/** What a run found out about its log, before any learning. */
export interface ReportSource {
  readonly meta: ReportMeta;
  readonly definition: Definition;
  readonly ingested: Ingested;
  readonly span: LogSpan;
  readonly users: number;
  readonly lost: number;
  readonly exploration: Exploration;
  /** Undefined where only the loss can come. */
  readonly incidence: CompetingIncidence | undefined;
}

/** The run as data for the page; `learning` is what was learned, or in words why nothing was. */
export function buildReportData(source: ReportSource, learning: ReportLearning | string): ReportData {
  const { exploration } = source;
  return {
    meta: source.meta,
    input: reportInput(source),
    log: reportLog(source),
    who: reportGroups(exploration),
    behaviour: exploration.behaviour.map(({ min: _min, max: _max, ...row }) => row),
    survival: exploration.lifetimes.all.map(({ day, atRisk, lost, staying }) => ({
      day,
      atRisk,
      lost,
      staying,
    })),
    leaving: reportLeaving(exploration, reportIncidence(source.incidence)),
    ...(typeof learning === 'string' ? { nothingToLearn: learning } : { learning }),
  };
}

function reportInput({ ingested, exploration }: ReportSource): ReportInput {
  return {
    files: ingested.files.length,
    ...ingested.accounting,
    sources: ingested.files.map(({ path, bytes, sha256 }) => ({
      file: baseName(path),
      bytes,
      ...(sha256 === undefined ? {} : { sha256 }),
    })),
    // The text of a bad line may hold names: it stays in quarantine.ndjson.
    reasons: ingested.reasons.map(({ reason, lines, example }) => ({
      reason: reasonInWords(reason),
      lines,
      example: { file: baseName(example.file), line: example.line, text: reason },
    })),
    nulls: rowsOf(exploration, 'nulls').map((row) => ({
      column: text(row.column),
      nulls: number(row.nulls),
      share: number(row.share),
    })),
  };
}

function reportGroups(exploration: Exploration): ReportGroup[] {
  return [...exploration.tables.keys()]
    .filter((name) => name.startsWith('users_by_'))
    .map((name) => {
      const attribute = name.slice('users_by_'.length);
      return {
        attribute: attribute.replaceAll('_', ' '),
        rows: rowsOf(exploration, name).map((row) => ({
          value: row[attribute] === null ? 'unknown' : text(row[attribute]),
          users: number(row.users),
          lost: number(row.lost),
          share: wilsonInterval(number(row.lost), number(row.users)),
        })),
      };
    });
}

/** A reason code of the quarantine in words. */
function reasonInWords(reason: string): string {
  const [code, column] = reason.split(/:(.*)/s);
  const words: Readonly<Record<string, string>> = {
    not_json: 'not one JSON object',
    not_an_object: 'JSON, but no object',
    not_csv: 'not a CSV record of the header’s length',
    not_utf8: 'bytes that are not UTF-8',
    duplicate_key: 'a key that stands twice',
    bad_unicode: 'half of a surrogate pair',
    number_overflow: 'a number beyond what a double holds',
    line_too_long: 'longer than a line may be',
    missing: `no value for ${column}`,
    wrong_type: `a value of another type in ${column}`,
    out_of_range: `a value out of range in ${column}`,
    negative: `a negative ${column}`,
    empty: `an empty ${column}`,
  };
  return words[code] ?? reason;
}

function baseName(path: string): string {
  return path.split(/[/\\]/).at(-1) ?? path;
}

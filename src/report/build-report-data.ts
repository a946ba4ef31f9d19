import type { Definition } from '../definition/schema.ts';
import { wilsonInterval } from '../evaluation/intervals.ts';
import type { Exploration } from '../explore/explore.ts';
import type { LogSpan } from '../features/cutoffs.ts';
import type { Ingested } from '../ingest/ingest.ts';
import { type Cell, recordsOf } from '../table/table.ts';
import { reportLeaving } from './build-leaving.ts';
import type {
  ReportData,
  ReportGroup,
  ReportInput,
  ReportLearning,
  ReportLog,
  ReportMeta,
} from './report-data.ts';

/** What a run found out about its log, before any learning. */
export interface ReportSource {
  readonly meta: ReportMeta;
  readonly definition: Definition;
  readonly ingested: Ingested;
  readonly span: LogSpan;
  readonly users: number;
  readonly lost: number;
  readonly exploration: Exploration;
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
    leaving: reportLeaving(exploration),
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

function reportLog({ exploration, span, users, lost }: ReportSource): ReportLog {
  const hours = Array.from({ length: 7 }, () => new Array<number>(24).fill(0));
  for (const row of rowsOf(exploration, 'by_weekday_and_hour')) {
    hours[number(row.iso_weekday) - 1][number(row.hour)] = number(row.events);
  }
  return {
    firstEvent: span.first,
    lastEvent: span.last,
    users,
    lost,
    actions: rowsOf(exploration, 'rows_by_action').map((row) => ({
      name: text(row.action),
      rows: number(row.n_rows) - number(row.anonymous_rows),
      users: number(row.users),
    })),
    days: rowsOf(exploration, 'by_day').map((row) => ({
      day: text(row.day),
      events: number(row.events),
      users: number(row.users),
      plays: number(row.plays),
      losses: number(row.losses),
    })),
    plans: daysByPlan(exploration),
    coverage: rowsOf(exploration, 'coverage').map((row) => ({
      day: text(row.day),
      seen: number(row.seen),
      active: number(row.active),
      recent: number(row.recent),
      lost: number(row.lost),
    })),
    dimensions: dimensions(exploration),
    hoursByWeekday: hours,
    topCreators: rowsOf(exploration, 'top_creators').map((row) => played(text(row.creator), row)),
    topItems: rowsOf(exploration, 'top_items').map((row) =>
      played(row.creator === undefined ? text(row.item) : `${text(row.item)} — ${text(row.creator)}`, row),
    ),
  };
}

function daysByPlan(exploration: Exploration): ReportLog['plans'] {
  const rows = rowsOf(exploration, 'by_day_and_plan');
  const names = [...new Set(rows.map(({ plan }) => plan))];
  return names.map((name) => ({
    plan: name === null ? 'unknown' : text(name),
    days: rows
      .filter(({ plan }) => plan === name)
      .map((row) => ({
        day: text(row.day),
        users: number(row.users),
        events: number(row.events),
        plays: number(row.plays),
      })),
  }));
}

const mostValues = 40;

/** Rows by each other dimension of the definition, its commonest values; a table of them is named for its first column. */
function dimensions(exploration: Exploration): ReportLog['dimensions'] {
  const names = [...exploration.tables.keys()].filter((name) => name.startsWith('rows_by_'));
  return names
    .map((name) => name.slice('rows_by_'.length))
    .filter((name) => name !== 'action' && name !== 'plan')
    .map((name) => ({
      name: name.replaceAll('_', ' '),
      values: rowsOf(exploration, `rows_by_${name}`)
        .slice(0, mostValues)
        .map((row) => ({
          value: row[name] === null ? 'none' : text(row[name]),
          rows: number(row.n_rows),
          anonymous: number(row.anonymous_rows),
          users: number(row.users),
        })),
    }));
}

function played(name: string, row: Record<string, Cell>) {
  return { name, plays: number(row.plays), users: number(row.users) };
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

function rowsOf(exploration: Exploration, name: string): Record<string, Cell>[] {
  const table = exploration.tables.get(name);
  return table === undefined ? [] : recordsOf(table);
}

function number(cell: Cell): number {
  return typeof cell === 'number' ? cell : Number.NaN;
}

function text(cell: Cell): string {
  return cell === null ? '' : String(cell);
}

function baseName(path: string): string {
  return path.split(/[/\\]/).at(-1) ?? path;
}

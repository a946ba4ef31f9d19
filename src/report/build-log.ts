import type { Exploration } from '../explore/explore.ts';
import type { LogSpan } from '../features/cutoffs.ts';
import type { Cell } from '../table/table.ts';
import type { ReportLog } from './report-data.ts';
import { number, rowsOf, text } from './statistic-rows.ts';

interface LogSource {
  readonly span: LogSpan;
  readonly users: number;
  readonly lost: number;
  readonly exploration: Exploration;
}

/** What happened in the log, as the page draws it. */
export function reportLog({ exploration, span, users, lost }: LogSource): ReportLog {
  const hours = Array.from({ length: 7 }, () => new Array<number>(24).fill(0));
  for (const row of rowsOf(exploration, 'by_weekday_and_hour')) {
    hours[number(row.iso_weekday) - 1][number(row.hour)] = number(row.events);
  }
  return {
    firstEvent: span.first,
    lastEvent: span.last,
    users,
    lost,
    actions: acceptedByAction(exploration),
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

/** Without the rows of nobody, the most frequent action first. */
function acceptedByAction(exploration: Exploration): ReportLog['actions'] {
  return rowsOf(exploration, 'rows_by_action')
    .map((row) => ({
      name: text(row.action),
      rows: number(row.n_rows) - number(row.anonymous_rows),
      users: number(row.users),
    }))
    .filter(({ rows }) => rows > 0)
    .sort((a, b) => b.rows - a.rows);
}

function played(name: string, row: Record<string, Cell>) {
  return { name, plays: number(row.plays), users: number(row.users) };
}

import type { Definition } from '../definition/schema.ts';
import type { Engine } from '../engine/engine.ts';
import { type LogRank, logRank } from '../evaluation/log-rank.ts';
import { kaplanMeier } from '../evaluation/survival.ts';
import { dayMillis } from '../ledger/columns.ts';
import { numbersOf, stringsOf } from '../table/table.ts';
import { knownAttributes } from './people.ts';

/** Points of the Kaplan–Meier estimate of staying, a row a day with a loss or an end of observation. */
export type SurvivalCurve = ReturnType<typeof kaplanMeier>;

export interface Lifetimes {
  readonly all: SurvivalCurve;
  readonly byAttribute: readonly AttributeLifetimes[];
}

/** Staying by the values of one attribute; users of whom it is not known are left out. */
interface AttributeLifetimes {
  readonly attribute: string;
  /** The values with the most users, six at most. */
  readonly groups: readonly GroupLifetimes[];
  /** Whether these groups are lost alike. */
  readonly test: LogRank;
}

interface GroupLifetimes {
  readonly value: string;
  readonly users: number;
  readonly lost: number;
  readonly curve: SurvivalCurve;
}

const mostGroups = 6;

/**
 * Staying by days since the log first saw the user. Days since registration would be more to the point, but whoever left before
 * the log began is not in it: at most ages only a handful would be at risk, and one loss among three would halve the curve.
 * Users who were not lost are watched to the end of the log, however long they are silent: to end with their own last
 * event would leave the silent out of those at risk, and losses would seem more likely than they are.
 */
export async function lifetimes(definition: Definition, engine: Engine): Promise<Lifetimes> {
  const attributes = knownAttributes(definition).filter((attribute) => attribute !== 'registration_month');
  const columns = [
    'lost',
    `case when lost = 1 then seen_ms else max(last_time) over () - first_time end as watched`,
  ];
  const people = await engine.query(
    `select ${[...columns, ...attributes].join(', ')} from people order by "user"`,
  );
  const days = numbersOf(people, 'watched').map((millis) => Math.ceil(millis / dayMillis));
  const lost = Uint8Array.from(numbersOf(people, 'lost'));
  return {
    all: kaplanMeier(days, lost),
    byAttribute: attributes.flatMap((attribute) => {
      const known = byValue(days, lost, stringsOf(people, attribute));
      return known.length < 2 ? [] : [{ attribute, ...compare(known) }];
    }),
  };
}

interface Group {
  readonly value: string;
  readonly days: Float64Array;
  readonly lost: Uint8Array;
}

/** The groups of the most users, the largest first, then by name; an empty text is no value. */
function byValue(days: Float64Array, lost: Uint8Array, values: readonly string[]): Group[] {
  const members = new Map<string, number[]>();
  values.forEach((value, i) => {
    if (value === '') return;
    const rows = members.get(value);
    if (rows === undefined) members.set(value, [i]);
    else rows.push(i);
  });
  return [...members]
    .sort(([a, rows], [b, others]) => others.length - rows.length || (a < b ? -1 : 1))
    .slice(0, mostGroups)
    .map(([value, rows]) => ({
      value,
      days: Float64Array.from(rows, (i) => days[i]),
      lost: Uint8Array.from(rows, (i) => lost[i]),
    }));
}

function compare(groups: readonly Group[]): Omit<AttributeLifetimes, 'attribute'> {
  const days = groups.flatMap((group) => [...group.days]);
  const lost = groups.flatMap((group) => [...group.lost]);
  const codes = groups.flatMap((group, code) => new Array<number>(group.days.length).fill(code));
  return {
    groups: groups.map((group) => ({
      value: group.value,
      users: group.days.length,
      lost: group.lost.reduce((sum, one) => sum + one, 0),
      curve: kaplanMeier(group.days, group.lost),
    })),
    test: logRank(Float64Array.from(days), Uint8Array.from(lost), Int32Array.from(codes), groups.length),
  };
}

import type { Definition } from '../definition/schema.ts';
import type { Engine } from '../engine/engine.ts';
import { quantile } from '../evaluation/quantile.ts';
import { numbersOf } from '../table/table.ts';
import { daysOf } from './people.ts';

/** One measure a user, summarised over the users of one outcome. Quantiles interpolate linearly (type 7 of Hyndman and Fan). */
export interface BehaviourRow {
  readonly [key: string]: string | number;
  readonly measure: string;
  readonly unit: string;
  readonly outcome: 'lost' | 'stayed';
  readonly users: number;
  readonly mean: number;
  /** Sample standard deviation; NaN of fewer than two users. */
  readonly sd: number;
  readonly min: number;
  readonly q05: number;
  readonly q25: number;
  readonly q50: number;
  readonly q75: number;
  readonly q95: number;
  readonly max: number;
}

/** What users who were lost did, beside those who stayed; sums run in a fixed order, so that no thread count changes a digit. */
export async function behaviourByOutcome(definition: Definition, engine: Engine): Promise<BehaviourRow[]> {
  const measures = behaviourMeasures(definition);
  const columns = measures.map(({ sql }, j) => `cast(${sql} as double) as m${j}`);
  const people = await engine.query(`select lost, ${columns.join(', ')} from people order by "user"`);
  const lost = numbersOf(people, 'lost');
  return measures.flatMap(({ measure, unit }, j) => {
    const values = numbersOf(people, `m${j}`);
    return (['lost', 'stayed'] as const).map((outcome) => {
      const chosen = values.filter(
        (value, i) => (lost[i] === 1) === (outcome === 'lost') && !Number.isNaN(value),
      );
      return { measure, unit, outcome, ...summary(chosen) };
    });
  });
}

function behaviourMeasures(definition: Definition) {
  const { roles, columns } = definition;
  const counts: [role: string, measure: string][] = [
    ['play', 'plays'],
    ['like', 'likes'],
    ['dislike', 'dislikes'],
    ['advert', 'adverts'],
    ['friend', 'friends added'],
    ['save', 'saved to a playlist'],
    ['downgrade_visit', 'visits to the downgrade page'],
  ];
  return [
    { measure: 'sessions', unit: 'sessions', sql: 'sessions' },
    { measure: 'hours in sessions', unit: 'h', sql: 'cast(session_ms as double) / 3600000' },
    { measure: 'active days', unit: 'days', sql: 'active_days' },
    ...counts
      .filter(([role]) => roles[role] !== undefined)
      .map(([role, measure]) => ({ measure, unit: 'actions', sql: `n_${role}` })),
    { measure: 'days from first to last event', unit: 'days', sql: daysOf('seen_ms') },
    ...(columns.registered === undefined
      ? []
      : [{ measure: 'days from registration to last event', unit: 'days', sql: daysOf('tenure_ms') }]),
  ];
}

function summary(values: Float64Array) {
  const sorted = values.slice().sort();
  const n = sorted.length;
  const mean = sorted.reduce((sum, value) => sum + value, 0) / n;
  const squares = sorted.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const at = (share: number) => quantile(sorted, share);
  return {
    users: n,
    mean,
    sd: n < 2 ? Number.NaN : Math.sqrt(squares / (n - 1)),
    min: at(0),
    q05: at(0.05),
    q25: at(0.25),
    q50: at(0.5),
    q75: at(0.75),
    q95: at(0.95),
    max: at(1),
  };
}

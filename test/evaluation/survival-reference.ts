import { readFileSync } from 'node:fs';

/** What scikit-survival and lifelines say of fixed data; written by `test/reference/survival.py`. */
interface SurvivalReference {
  readonly risks: readonly {
    readonly name: string;
    readonly times: readonly number[];
    readonly lost: readonly number[];
    readonly days: readonly number[];
    /** By day and row. */
    readonly risks: readonly (readonly number[])[];
    readonly brier: readonly number[];
    readonly integratedBrier: number;
    readonly rocAuc: readonly number[];
  }[];
  readonly incidence: readonly {
    readonly name: string;
    readonly durations: readonly number[];
    readonly causes: readonly number[];
    readonly days: readonly number[];
    /** By cause and day. */
    readonly incidence: readonly (readonly number[])[];
    readonly low: readonly (readonly number[])[];
    readonly high: readonly (readonly number[])[];
    /** By cause: the last incidence; null where lifelines has none. */
    readonly lifelines: readonly (number | null)[];
  }[];
}

export const survivalReference: SurvivalReference = JSON.parse(
  readFileSync(new URL('../fixtures/reference/survival.json', import.meta.url), 'utf8'),
);

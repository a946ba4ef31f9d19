import { readFileSync } from 'node:fs';

/** What other implementations say of fixed data; written by `test/reference/evaluation.py`. */
export interface Reference {
  readonly classification: readonly {
    readonly name: string;
    readonly labels: readonly number[];
    readonly scores: readonly number[];
    readonly threshold: number;
    readonly metrics: Readonly<Record<string, number>>;
    readonly confusion: readonly [readonly [number, number], readonly [number, number]];
    readonly roc: readonly (readonly [number, number])[];
    readonly precisionRecall: readonly (readonly [number, number])[];
  }[];
  readonly wilson: readonly {
    readonly successes: number;
    readonly trials: number;
    readonly limits: readonly [number, number];
  }[];
  readonly survival: readonly {
    readonly name: string;
    readonly durations: readonly number[];
    readonly lost: readonly number[];
    readonly entries?: readonly number[];
    readonly points: readonly {
      readonly day: number;
      readonly atRisk: number;
      readonly lost: number;
      readonly censored: number;
      readonly value: number;
      readonly low: number;
      readonly high: number;
    }[];
  }[];
}

export const reference: Reference = JSON.parse(
  readFileSync(new URL('../fixtures/reference/evaluation.json', import.meta.url), 'utf8'),
);

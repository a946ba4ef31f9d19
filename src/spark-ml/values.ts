import type { MlValue } from '../engine/spark/connect/ml-value.ts';
import { EngineError } from '../errors.ts';

/** @throws EngineError when Spark gave something else than a finite number. */
export function numberOf(value: MlValue): number {
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  throw new EngineError(`Spark ML gave ${JSON.stringify(value)} for a number: the fit did not converge.`);
}

/** @throws EngineError when Spark gave something else than `length` finite numbers. */
export function vectorOf(value: MlValue, length: number): number[] {
  if (!(value instanceof Float64Array || Array.isArray(value))) {
    throw new EngineError(`Spark ML gave a ${typeof value} for ${length} numbers.`);
  }
  if (value.length !== length) {
    throw new EngineError(`Spark ML gave ${value.length} numbers; expected ${length}.`);
  }
  return Array.from<MlValue, number>(value, numberOf);
}

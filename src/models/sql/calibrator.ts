import { type Calibrator, type IsotonicCalibrator, LARGEST_LOG_ODDS } from '../calibration/calibrator.ts';
import { type Columns, withColumns, without } from './columns.ts';
import type { ModelDialect } from './model-dialect.ts';
import { double } from './number.ts';
import { sigmoidColumns } from './sigmoid.ts';

/** A column `name` with the probability that a calibrator makes of the column `logOdds`, as `applyCalibrator` does, beside the others. */
export function calibratedColumn(
  columns: Columns,
  calibrator: Calibrator,
  logOdds: string,
  name: string,
  dialect: ModelDialect,
): Columns {
  const limit = calibrator.kind === 'isotonic' ? ends(calibrator) : [-LARGEST_LOG_ODDS, LARGEST_LOG_ODDS];
  const bounded = withColumns(columns, {
    [name]: `least(greatest(${logOdds}, ${double(limit[0])}), ${double(limit[1])})`,
  });
  switch (calibrator.kind) {
    case 'platt': {
      const { slope, intercept } = calibrator;
      const sum = `${double(slope)} * ${name} + ${double(intercept)}`;
      return sigmoidColumns(replaced(bounded, { [name]: sum }, [name]), [name]);
    }
    case 'beta': {
      const { a, b, intercept } = calibrator;
      const [p, q] = [`${name}_lost`, `${name}_stayed`];
      const both = sigmoidColumns(replaced(bounded, { [p]: name, [q]: `-${name}` }, [name]), [p, q]);
      const sum = `${double(a)} * ln(${p}) - ${double(b)} * ln(${q}) + ${double(intercept)}`;
      return sigmoidColumns(replaced(both, { [name]: sum }, [p, q]), [name]);
    }
    case 'isotonic':
      return interpolatedColumn(bounded, calibrator, name, dialect);
  }
}

function replaced(
  columns: Columns,
  added: Readonly<Record<string, string>>,
  gone: readonly string[],
): Columns {
  return withColumns(columns, added, without(columns.names, gone));
}

function ends({ logOdds }: IsotonicCalibrator): [number, number] {
  return [logOdds[0], logOdds[logOdds.length - 1]];
}

/** Finds the point at or below by halving what is left of the list, a level of the query for each step. */
function interpolatedColumn(
  columns: Columns,
  { logOdds, probabilities }: IsotonicCalibrator,
  name: string,
  { doubles, firstPlace }: ModelDialect,
): Columns {
  const depth = Math.ceil(Math.log2(logOdds.length));
  const padded = Array.from({ length: 2 ** depth }, (_, k) => logOdds[k] ?? Number.POSITIVE_INFINITY);
  const at = `${name}_at`;
  let placed = withColumns(columns, { [at]: String(firstPlace) });
  for (let step = 2 ** (depth - 1); step >= 1; step /= 2) {
    const isAbove = `${doubles(padded)}[${at} + ${step}] <= ${name}`;
    placed = replaced(placed, { [at]: `${at} + case when ${isAbove} then ${step} else 0 end` }, [at]);
  }
  const last = logOdds.length - 1;
  const gaps = logOdds.map((x, k) => (k < last ? logOdds[k + 1] - x : 1));
  const rises = probabilities.map((p, k) => (k < last ? probabilities[k + 1] - p : 0));
  const of = (values: readonly number[]) => `${doubles(values)}[${at}]`;
  const sum = `${of(probabilities)} + ((${name} - ${of(logOdds)}) / ${of(gaps)}) * ${of(rises)}`;
  return replaced(placed, { [name]: sum }, [name, at]);
}

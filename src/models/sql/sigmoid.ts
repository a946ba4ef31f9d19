import { ROUND, STEP_HIGH, STEP_LOW, STEPS_PER_UNIT } from '../exponential.ts';
import { type Columns, withColumns, without } from './columns.ts';
import { double } from './number.ts';

/**
 * Puts in the place of each column of log-odds its logistic function: the additions, multiplications and divisions
 * of `sigmoid` in the same order, so that every bit agrees. NaN is not expected.
 */
export function sigmoidColumns(columns: Columns, inputs: readonly string[]): Columns {
  const rest = without(columns.names, inputs);
  const level = (below: Columns, expressions: (x: string) => Readonly<Record<string, string>>): Columns =>
    withColumns(below, Object.assign({}, ...inputs.map(expressions)), rest);
  const bounded = level(columns, (x) => ({
    [x]: `least(greatest(-${x}, ${double(LOWEST - 1)}), ${double(HIGHEST + 1)})`,
  }));
  const steps = level(bounded, (x) => ({
    [x]: x,
    [`${x}_steps`]: `(${x} * ${double(STEPS_PER_UNIT)} + ${double(ROUND)}) - ${double(ROUND)}`,
  }));
  const reduced = level(steps, (x) => ({
    [x]: x,
    [`${x}_r`]: `${x} - ${x}_steps * ${double(STEP_HIGH)} - ${x}_steps * ${double(STEP_LOW)}`,
    [`${x}_k`]: `cast(${x}_steps as bigint)`,
    [`${x}_power`]: `power(${double(2)}, floor(${x}_steps / ${double(64)}))`,
  }));
  const parts = level(reduced, (x) => ({
    [x]: x,
    [`${x}_fraction`]: fractionalPower(`${x}_k`),
    [`${x}_polynomial`]: polynomial(`${x}_r`),
    [`${x}_power`]: `${x}_power`,
  }));
  return level(parts, (x) => ({ [x]: logistic(x) }));
}

/** Where `exp` gives 0 and Infinity. */
const LOWEST = -708;
const HIGHEST = 709;

/** 2^(k/64), k modulo 64, as `exp` makes its table: a product of repeated square roots of two. */
function fractionalPower(k: string): string {
  let root = 2;
  const factors = [32, 16, 8, 4, 2, 1].map((bit) => {
    root = Math.sqrt(root);
    return `case when (${k} & ${bit}) <> 0 then ${double(root)} else ${double(1)} end`;
  });
  return factors.join(' * ');
}

function polynomial(r: string): string {
  const [second, third, fourth, fifth] = [1 / 2, 1 / 6, 1 / 24, 1 / 120].map(double);
  return `${r} * (${double(1)} + ${r} * (${second} + ${r} * (${third} + ${r} * (${fourth} + ${r} * ${fifth}))))`;
}

function logistic(x: string): string {
  const exp = `(${x}_fraction + ${x}_fraction * ${x}_polynomial) * ${x}_power`;
  return `case when ${x} > ${double(HIGHEST)} then ${double(0)} when ${x} > ${double(LOWEST)} then ${double(1)} / (${double(1)} + ${exp}) else ${double(1)} end`;
}

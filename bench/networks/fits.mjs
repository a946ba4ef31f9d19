import { fileURLToPath } from 'node:url';
import { runCommand } from '../command.mjs';
import { BenchError } from '../errors.mjs';
import { progress } from '../progress.mjs';

const ours = fileURLToPath(new URL('fit-refrain.mjs', import.meta.url));
const theirs = fileURLToPath(new URL('fit_scikit_learn.py', import.meta.url));

/** Seconds of a fit by both on a run's examples, in turn: `{refrain, scikitLearn}`, each with `wall` and `cpu` by round. */
export async function timeFits(run, python, rounds, signal) {
  const times = { refrain: [], scikitLearn: [] };
  for (let round = 0; round < rounds; round++) {
    progress(`timing fits, round ${round + 1} of ${rounds}`);
    times.refrain.push(await timed(process.execPath, [ours, run], signal));
    times.scikitLearn.push(await timed(python, [theirs, run], signal));
  }
  return times;
}

/** What the program says of its fit: `{wall, cpu, parameters, rows}`. */
async function timed(file, args, signal) {
  const { status, output } = await runCommand(file, args, signal);
  if (status !== 0) throw new BenchError(`${args[0]} failed:\n${output.slice(-2000)}`);
  return JSON.parse(output.split('\n').at(-1));
}

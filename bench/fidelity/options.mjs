import { parseArgs } from 'node:util';
import { BenchError } from '../errors.mjs';

const help = `Usage: npm run fidelity -- [options]

Simulates a log of Sparkify, reads it as one reads the real one, and compares: totals, shares of pages, hours and
weekdays, losses over time, kinds of listeners, and the distributions of 47 features of those who stayed and those who
left. Prints tables of target, simulated value and difference. The targets (bench/fidelity/targets/) were printed by
public projects on the real log, which is simulated data too: Sparkify is a fictional company.

Options:
  --users <n>   users of the log, 1 to 1000000 (default: 22277, the full log)
  --days <n>    days it covers, 7 to 3660 (default: 61)
  --seed <n>    seed of all chance (default: 1)
  --log <file>  a log that is there already, simulated with these users, days and seed
  --minis <n>   seeds of the mini log to set the real one among, 2 to 10000 (default: 100)
  --json        print the numbers as one JSON object
  --document    put the tables into docs/fidelity.md too

The full log takes 12 GB, and as much as 2 GB more for what is read of it, in the system's folder for such files
(TMPDIR names another); both are removed.

Examples:
  $ npm run fidelity -- --users 3000
  $ npm run fidelity -- --seed 2 --json
  $ npm run fidelity -- --document
`;

const flags = {
  users: { type: 'string', default: '22277' },
  days: { type: 'string', default: '61' },
  seed: { type: 'string', default: '1' },
  minis: { type: 'string', default: '100' },
  log: { type: 'string' },
  json: { type: 'boolean', default: false },
  document: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
};

/**
 * @returns {{help: true, text: string} | {help: false, options: {users: number, days: number, seed: number,
 * minis: number, log?: string, json: boolean, document: boolean}}}
 * @throws {BenchError} that names the wrong option.
 */
export function parseCommandLine(args) {
  const { help: asked, ...values } = parse(args);
  if (asked) return { help: true, text: help };
  const options = {
    ...values,
    users: wholeNumber('--users', values.users, 1, 1_000_000),
    days: wholeNumber('--days', values.days, 7, 3660),
    minis: wholeNumber('--minis', values.minis, 2, 10_000),
    seed: wholeNumber('--seed', values.seed, 0, Number.MAX_SAFE_INTEGER),
  };
  return { help: false, options };
}

function parse(args) {
  try {
    return parseArgs({ args, options: flags }).values;
  } catch (error) {
    throw wrong(error.message);
  }
}

function wholeNumber(name, text, least, most) {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < least || value > most) {
    throw wrong(`${name} is "${text}"; expected a whole number from ${least} to ${most}.`);
  }
  return value;
}

function wrong(message) {
  return new BenchError(`${message} See npm run fidelity -- --help.`, 2);
}

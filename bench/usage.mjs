import { BenchError } from './errors.mjs';

/** The command line is wrong: ends with 2. */
export function usage(message) {
  return new BenchError(`${message} See npm run bench -- --help.`, 2);
}

/** A whole number from 1 to `max`. @throws {BenchError} that names the option. */
export function wholeNumber(name, text, max) {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < 1 || value > max) {
    throw usage(`${name} is "${text}"; expected a whole number from 1 to ${max}.`);
  }
  return value;
}

/** Whole numbers from 1 to `max`, separated by commas, each once, in ascending order. @throws {BenchError} that names the option. */
export function wholeNumbers(name, text, max) {
  const values = text.split(',').map((part) => wholeNumber(name, part, max));
  return [...new Set(values)].sort((a, b) => a - b);
}

/** Names of `known`, separated by commas; none without a text. @throws {BenchError} that names the one that is unknown. */
export function namesOf(known, text) {
  const names = text === undefined ? [] : text.split(',');
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined) throw usage(`--without has "${unknown}"; expected some of ${known.join(', ')}.`);
  return names;
}

import { hash32 } from '../random.ts';

/** The state of one walk's random numbers: four whole numbers of 32 bits, so a copy of it continues alike. */
export interface Stream {
  a: number;
  b: number;
  c: number;
  d: number;
}

/** @param name what the stream is for, with the index of its owner; @param seed the seed of the log. */
export function openStream(name: string, seed: number): Stream {
  const stream = {
    a: hash32(`${name}/a/${seed}`, 1) | 0,
    b: hash32(`${name}/b/${seed}`, 2) | 0,
    c: hash32(`${name}/c/${seed}`, 3) | 0,
    d: 1,
  };
  for (let i = 0; i < WARM_UP; i++) uniform(stream);
  return stream;
}

/** sfc32 of Chris Doty-Humphrey (PractRand 0.94). @returns a number in (0, 1), never 0 or 1. */
export function uniform(stream: Stream): number {
  const { a, b, c, d } = stream;
  const sum = (((a + b) | 0) + d) | 0;
  stream.d = (d + 1) | 0;
  stream.a = b ^ (b >>> 9);
  stream.b = (c + (c << 3)) | 0;
  stream.c = (((c << 21) | (c >>> 11)) + sum) | 0;
  return ((sum >>> 0) + 0.5) / 0x100000000;
}

/** Exponential with the given mean. */
export function exponential(stream: Stream, mean: number): number {
  return -mean * Math.log(uniform(stream));
}

/** Standard normal, by Box and Muller. */
export function normal(stream: Stream): number {
  const radius = Math.sqrt(-2 * Math.log(uniform(stream)));
  return radius * Math.cos(2 * Math.PI * uniform(stream));
}

/** A whole number in [0, n), n small. */
export function below(stream: Stream, n: number): number {
  return Math.floor(uniform(stream) * n);
}

const WARM_UP = 12;

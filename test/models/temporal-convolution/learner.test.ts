import { describe, expect, it } from 'vitest';
import { InputError, UsageError } from '../../../src/errors.ts';
import { attribute } from '../../../src/explanation/attribute.ts';
import { attributeDays } from '../../../src/explanation/temporal-convolution.ts';
import type { Examples } from '../../../src/models/matrix.ts';
import { selectRows } from '../../../src/models/matrix.ts';
import { predict } from '../../../src/models/model.ts';
import { parseModel, stringifyModel } from '../../../src/models/model-json.ts';
import { modelSql } from '../../../src/models/sql/model-sql.ts';
import { createDayReader } from '../../../src/models/temporal-convolution/day-reader.ts';
import { fitChannels } from '../../../src/models/temporal-convolution/fit-channels.ts';
import { temporalConvolution } from '../../../src/models/temporal-convolution/learner.ts';
import { fadingUsers, historyFrom } from '../histories.ts';
import { rocAuc } from '../synthetic.ts';

const settings = {
  ...temporalConvolution.defaults,
  ...{ days: 16, units: 6, epochs: 12, dropout: 0, learningRate: 0.01, weightDecay: 0.01, batchSize: 32 },
};
const train = fadingUsers(500, 1);
const test = fadingUsers(300, 2);
const model = temporalConvolution.fit(train, settings, 1);
const logOdds = (p: number) => Math.log(p / (1 - p));

describe('a temporal convolution', () => {
  it('finds what only the order of the days tells', () => {
    expect(rocAuc(test.labels, predict(model, test.matrix))).toBeGreaterThan(0.8);
  });

  it('is the same, bit for bit, for the same seed and another for another', () => {
    expect(stringifyModel(temporalConvolution.fit(train, settings, 1))).toBe(stringifyModel(model));
    expect(stringifyModel(temporalConvolution.fit(train, settings, 2))).not.toBe(stringifyModel(model));
  });

  it('predicts the same after JSON, and of some rows what it predicts of all', () => {
    const back = parseModel(JSON.parse(stringifyModel(model)));
    const all = predict(model, test.matrix);
    expect(back).toEqual(model);
    expect(predict(back, test.matrix)).toEqual(all);
    const some = Int32Array.of(299, 3, 65, 3);
    expect(predict(model, selectRows(test.matrix, some))).toEqual(Float64Array.from(some, (row) => all[row]));
  });

  it('is dilated causal convolutions, of which the last output counts', () => {
    const row = Int32Array.of(7);
    const input = new Float64Array(16 * (model.channels.length + 1));
    createDayReader(model, test.matrix.history ?? historyFrom([], []))(row, input);
    const width = input.length / 16;
    let series = Array.from({ length: 16 }, (_, t) => [...input.subarray(t * width, (t + 1) * width)]);
    const silu = (x: number) => x / (1 + Math.exp(-x));
    const convolutions = model.layers.slice(0, -1);
    convolutions.forEach(({ weights, biases }, depth) => {
      const dilation = 2 ** depth;
      series = series.map((now, t) => {
        const seen = [...(series[t - dilation] ?? now.map(() => 0)), ...now];
        return weights.map((unit, o) => silu(unit.reduce((sum, w, i) => sum + w * seen[i], biases[o])));
      });
    });
    const { weights, biases } = model.layers[convolutions.length];
    const expected = weights[0].reduce((sum, w, i) => sum + w * series[15][i], biases[0]);
    expect(logOdds(predict(model, selectRows(test.matrix, row))[0])).toBeCloseTo(expected, 10);
  });

  it('refuses rows without a history, channels that are not there, and days that are no power of two', () => {
    const table: Examples = { ...train, matrix: { ...train.matrix, history: undefined } };
    expect(() => temporalConvolution.fit(table, settings, 1)).toThrow(/learns and predicts from a log/);
    const history = historyFrom(['visits'], [{ 1: [2] }]);
    expect(() => predict(model, { rows: 1, names: [], columns: [], history })).toThrow(
      /needs "plays" of each day/,
    );
    expect(() => predict(model, { rows: 2, names: [], columns: [], history })).toThrow(InputError);
    expect(() => temporalConvolution.fit(train, { ...settings, days: 30 }, 1)).toThrow(UsageError);
  });

  it('has no form in SQL, and says so', () => {
    expect(() => modelSql(model, { from: 't', keep: [], engine: 'duckdb' })).toThrow(/score in memory/);
  });

  it.each([
    ['a layer too few', { layers: model.layers.slice(1) }, '4 layers for 16 days; expected 5'],
    ['other days', { days: 30 }, 'days'],
    ['a channel too few', { channels: [] }, 'weights for 2 inputs'],
    ['a deviation of 0', { channels: model.channels.map((one) => ({ ...one, sd: 0 })) }, 'sd'],
    ['a feature', { features: ['plays'] }, 'features'],
  ])('is refused in JSON with %s', (_, changes, message) => {
    expect(() => parseModel({ ...model, ...changes })).toThrow(message);
  });
});

describe('the attribution of a temporal convolution', () => {
  const rows = selectRows(
    test.matrix,
    Int32Array.from({ length: 20 }, (_, i) => i),
  );
  const byDay = attributeDays(model, rows);

  it('adds up over channels and days, and over channels', () => {
    const { base, names, columns, values } = attribute(model, rows);
    predict(model, rows).forEach((p, i) => {
      const perDay = byDay.contributions.reduce(
        (sum, ofDays) => ofDays.subarray(i * 16, (i + 1) * 16).reduce((total, x) => total + x, sum),
        byDay.base,
      );
      expect(Math.abs(perDay - logOdds(p))).toBeLessThan(1e-9);
      expect(Math.abs(columns.reduce((sum, column) => sum + column[i], base) - logOdds(p))).toBeLessThan(
        1e-9,
      );
    });
    expect(names).toEqual(['plays', 'constant', 'days_before_first_event']);
    const { history } = rows;
    const plays = history?.values.filter((_, k) => k % 2 === 0) ?? new Float32Array();
    const [first] = history?.ends ?? [];
    expect(values?.get('plays')?.[0]).toBe(plays.subarray(0, first).reduce((sum, x) => sum + x, 0));
  });

  it('is nothing for days that are as the mean day', () => {
    const one = temporalConvolution.fit(train, settings, 3);
    const mean = one.channels.map((channel) => ({ ...channel, mean: 0 }));
    const silent = { rows: 1, names: [], columns: [], history: historyFrom(['plays', 'constant'], [{}]) };
    const { contributions } = attributeDays({ ...one, channels: mean }, silent);
    for (const ofDays of contributions) for (const x of ofDays) expect(x).toBeCloseTo(0, 15);
  });
});

describe('the days that a network reads', () => {
  it('are log-counts, standardised over all days and clipped, 0 where nothing is recorded', () => {
    const history = historyFrom(
      ['plays', 'never'],
      [{ 1: [3, 0], 8: [Math.E - 1, 0], 9: [50, 0] }, { 2: [0, 0] }],
      [0, 97],
    );
    const [plays, ...others] = fitChannels(history, 8);
    expect(others).toEqual([]);
    const logs = [Math.log(4), Math.log1p(Math.fround(Math.E - 1)), ...new Array<number>(14).fill(0)];
    const mean = logs.reduce((sum, x) => sum + x, 0) / 16;
    const sd = Math.sqrt(logs.reduce((sum, x) => sum + (x - mean) ** 2, 0) / 16);
    expect(plays.mean).toBeCloseTo(mean, 14);
    expect(plays.sd).toBeCloseTo(sd, 14);
    const out = new Float64Array(2 * 8 * 2);
    createDayReader({ days: 8, channels: [plays] }, history)(Int32Array.of(0, 1), out);
    const seen = (x: number) => {
      const z = (Math.log1p(x) - mean) / sd;
      return z / Math.sqrt(1 + (z * z) / 9);
    };
    const [first, second] = [out.subarray(0, 16), out.subarray(16)];
    expect(first[0]).toBeCloseTo(seen(Math.E - 1), 6);
    expect(first[14]).toBeCloseTo(seen(3), 12);
    expect(first[2]).toBeCloseTo(seen(0), 12);
    expect(first.filter((_, k) => k % 2 === 1)).toEqual(new Float64Array(8).fill(1));
    // The second user's first day is day 97 of the days 92 … 99.
    expect(second.filter((_, k) => k % 2 === 1)).toEqual(Float64Array.of(0, 0, 0, 0, 0, 1, 1, 1));
  });
});

import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InputError, NothingToLearnError } from '../../../src/errors.ts';
import type { MemberModel } from '../../../src/models/member.ts';
import { predict } from '../../../src/models/model.ts';
import { fitBlend } from '../../../src/models/stack/blend.ts';
import { fitStack } from '../../../src/models/stack/learner.ts';
import { logLoss, matrixOf } from '../synthetic.ts';

/** Written by test/reference/stacking.py. */
const reference: {
  labels: number[];
  probabilities: number[][];
  blend: { weights: number[]; loss: number };
  stack: { coefficients: number[]; intercept: number };
} = JSON.parse(readFileSync(new URL('../../fixtures/reference/stacking.json', import.meta.url), 'utf8'));

/** Predicts a number of the row: its column's log-odds. */
const member = (name: string): MemberModel => ({
  kind: 'logistic-regression',
  features: [name],
  terms: [{ part: 'value', feature: 0, median: 0, mean: 0, sd: 1 }],
  coefficients: [1],
  intercept: 0,
});

const candidatesOf = (probabilities: readonly (readonly number[])[]) =>
  probabilities.map((own, m) => ({ model: member(`x${m}`), outOfFold: Float64Array.from(own) }));

function blendOf(probabilities: readonly (readonly number[])[], labels: readonly number[]) {
  return fitBlend(candidatesOf(probabilities), { labels: Uint8Array.from(labels) });
}

const logit = (p: number) => Math.log(p / (1 - p));

describe('a blend', () => {
  const { labels, probabilities } = reference;
  const blend = blendOf(probabilities, labels);

  it('has the weights and the loss that SciPy finds', () => {
    blend.coefficients.forEach((weight, m) => {
      expect(weight).toBeCloseTo(reference.blend.weights[m], 5);
    });
    const names = probabilities.map((own, m) => [`x${m}`, own.map(logit)]);
    const predicted = predict(blend, matrixOf(Object.fromEntries(names)));
    expect(logLoss(Uint8Array.from(labels), predicted)).toBeCloseTo(reference.blend.loss, 10);
  });

  it('gives no weight to a member that does not help, and none is negative', () => {
    expect(blend.coefficients.slice(2)).toEqual([0, 0]);
    expect(blend.intercept).toBe(0);
  });

  it('is the better member alone where the other says nothing more', () => {
    const good = labels.map((label) => (label === 1 ? 0.7 : 0.2));
    const bad = labels.map((label) => (label === 1 ? 0.3 : 0.6));
    expect(blendOf([bad, good], labels).coefficients).toEqual([0, 1]);
  });

  it('shares the weight of equal members evenly, and is the only member', () => {
    const [own] = probabilities;
    expect(blendOf([own, own], labels).coefficients).toEqual([0.5, 0.5]);
    expect(blendOf([own], labels).coefficients).toEqual([1]);
  });

  it('takes predictions of 0 and 1', () => {
    const sure = labels.map((label, i) => (i % 9 === 0 ? 1 - label : label));
    const { coefficients } = blendOf([sure, probabilities[0]], labels);
    expect(coefficients[0] + coefficients[1]).toBeCloseTo(1, 12);
  });

  it('is never worse on what it was fitted to than any member or their mean', () => {
    const p = fc.double({ min: 0.01, max: 0.99, noNaN: true });
    const rows = fc.array(fc.record({ label: fc.nat({ max: 1 }), p: fc.tuple(p, p, p) }), {
      minLength: 4,
      maxLength: 30,
    });
    fc.assert(
      fc.property(rows, (drawn) => {
        const labels = drawn.map(({ label }, i) => (i < 2 ? i : label));
        const members = [0, 1, 2].map((m) => drawn.map((row) => row.p[m]));
        const lossOf = (weights: readonly number[]) => {
          const blended = labels.map((_, i) => {
            const x = weights.reduce((sum, w, m) => sum + w * logit(members[m][i]), 0);
            return 1 / (1 + Math.exp(-x));
          });
          return logLoss(Uint8Array.from(labels), Float64Array.from(blended));
        };
        const { coefficients } = blendOf(members, labels);
        expect(Math.min(...coefficients)).toBeGreaterThanOrEqual(0);
        expect(coefficients.reduce((sum, w) => sum + w, 0)).toBeCloseTo(1, 10);
        const found = lossOf(coefficients);
        for (const w of [
          [1, 0, 0],
          [0, 1, 0],
          [0, 0, 1],
          [1 / 3, 1 / 3, 1 / 3],
          [0.5, 0.5, 0],
          [0.2, 0.2, 0.6],
        ]) {
          expect(found).toBeLessThanOrEqual(lossOf(w) + 1e-9);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('is not made of nothing', () => {
    expect(() => blendOf([], labels)).toThrow(InputError);
    expect(() => blendOf([[0.5, Number.NaN]], [0, 1])).toThrow('row 1 is NaN');
    expect(() => blendOf([[0.5, 0.5]], [1, 1])).toThrow(NothingToLearnError);
  });
});

describe('a stack', () => {
  const { labels, probabilities } = reference;

  it('has the weights that SciPy finds, none of them negative', () => {
    const { coefficients, intercept } = fitStack(candidatesOf(probabilities), {
      labels: Uint8Array.from(labels),
    });
    coefficients.forEach((weight, m) => {
      expect(weight).toBeCloseTo(reference.stack.coefficients[m], 6);
    });
    expect(intercept).toBeCloseTo(reference.stack.intercept, 6);
    expect(Math.min(...coefficients)).toBe(0);
  });

  it('does not turn a member round that says the opposite', () => {
    const wrong = labels.map((label, i) => (label === 1 ? 0.3 : 0.6) + 0.001 * i);
    const { coefficients, intercept } = fitStack(candidatesOf([wrong]), { labels: Uint8Array.from(labels) });
    expect(coefficients).toEqual([0]);
    const share = labels.reduce((sum, label) => sum + label, 0) / labels.length;
    expect(intercept).toBeCloseTo(logit(share), 7);
  });
});

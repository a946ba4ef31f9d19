import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dynamicAuc } from '../../src/evaluation/survival-auc.ts';
import { brierParts, meanOverTime } from '../../src/evaluation/survival-brier.ts';
import { censoringCurve } from '../../src/evaluation/survival-censoring.ts';
import { riskMetrics } from '../../src/evaluation/survival-metrics.ts';
import { survivalReference } from './survival-reference.ts';

const once = () => 1;

function mean(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

describe.each(survivalReference.risks)('agrees with scikit-survival, $name', (reference) => {
  const watched = { times: Float64Array.from(reference.times), lost: Uint8Array.from(reference.lost) };
  const censoring = censoringCurve(watched);
  const risks = reference.risks.map((ofDay) => Float64Array.from(ofDay));
  const brier = reference.days.map((day, i) => mean(brierParts(watched, censoring, risks[i], day)));

  it('on the Brier score at each time', () => {
    brier.forEach((score, i) => {
      expect(score).toBeCloseTo(reference.brier[i], 13);
    });
  });

  it('on its mean over time', () => {
    expect(meanOverTime(reference.days, brier)).toBeCloseTo(reference.integratedBrier, 13);
  });

  it('on the ROC AUC at each time', () => {
    reference.days.forEach((day, i) => {
      expect(dynamicAuc(watched, censoring, risks[i], day)(once)).toBeCloseTo(reference.rocAuc[i], 12);
    });
  });
});

/** Rows watched for whole days: losses on days 1 to 9, ends of watching half a day later. */
const rows = fc
  .array(
    fc.record({
      day: fc.integer({ min: 1, max: 9 }),
      lost: fc.boolean(),
      risk: fc.integer({ min: 0, max: 8 }).map((eighths) => eighths / 8),
    }),
    { minLength: 2, maxLength: 25 },
  )
  .map((all) => ({
    watched: {
      times: Float64Array.from(all, ({ day, lost }) => (lost ? day : day + 0.5)),
      lost: Uint8Array.from(all, ({ lost }) => (lost ? 1 : 0)),
    },
    risks: Float64Array.from(all, ({ risk }) => risk),
  }));

it('is the naive sum over pairs of a loss and a row that stays, each weighed by its censoring', () => {
  fc.assert(
    fc.property(rows, fc.integer({ min: 1, max: 9 }), ({ watched: { times, lost }, risks }, day) => {
      const censoring = censoringCurve({ times, lost });
      let [won, weights] = [0, 0];
      times.forEach((loss, a) => {
        if (lost[a] === 0 || loss > day) return;
        const weight = 1 / censoring.at(loss);
        times.forEach((stays, b) => {
          if (stays <= day) return;
          weights += weight;
          won += weight * (risks[a] > risks[b] ? 1 : risks[a] === risks[b] ? 0.5 : 0);
        });
      });
      const area = dynamicAuc({ times, lost }, censoring, risks, day)(once);
      if (weights === 0) expect(area).toBeNaN();
      else expect(area).toBeCloseTo(won / weights, 10);
    }),
    { numRuns: 60 },
  );
});

it('weighs what is left to the whole: the parts of a certain, wrong prediction add up to all rows', () => {
  fc.assert(
    fc.property(rows, fc.integer({ min: 1, max: 9 }), ({ watched }, day) => {
      // Whoever is lost by the day has risk 0 and whoever stays risk 1: each weight is then a part.
      fc.pre(watched.times.some((time) => time > day));
      const wrong = watched.times.map((time) => (time > day ? 1 : 0));
      const parts = brierParts(watched, censoringCurve(watched), wrong, day);
      expect(mean(parts)).toBeCloseTo(1, 10);
    }),
    { numRuns: 60 },
  );
});

describe('a censoring curve', () => {
  it('is 1 where nobody is censored', () => {
    const curve = censoringCurve({ times: Float64Array.of(1, 2, 3), lost: Uint8Array.of(1, 1, 1) });
    expect([0, 1, 3, 9].map(curve.at)).toEqual([1, 1, 1, 1]);
  });

  it('lets go of the lost before others of the same time are censored', () => {
    const curve = censoringCurve({ times: Float64Array.of(2, 2, 5, 5), lost: Uint8Array.of(1, 0, 0, 1) });
    expect([1, 2, 4, 5].map((time) => Math.round(3e6 * curve.at(time)))).toEqual([3e6, 2e6, 2e6, 0]);
  });

  it('refuses what is no time, no flag, and lists of different lengths', () => {
    expect(() => censoringCurve({ times: Float64Array.of(Number.NaN), lost: Uint8Array.of(1) })).toThrow(
      'time of row 0 is NaN',
    );
    expect(() => censoringCurve({ times: Float64Array.of(1), lost: Uint8Array.of(2) })).toThrow('is 2');
    expect(() => censoringCurve({ times: Float64Array.of(1), lost: new Uint8Array(0) })).toThrow(
      '1 times and 0 flags',
    );
  });
});

describe('riskMetrics', () => {
  const watched = {
    times: Float64Array.of(1, 2, 2.5, 3, 3.5, 3.5, 2.5, 1.5),
    lost: Uint8Array.of(1, 1, 0, 1, 0, 0, 0, 0),
  };
  const risks = [1, 2, 3].map((day) =>
    watched.times.map((time, row) => (time <= day && watched.lost[row] ? 1 : 0)),
  );
  const of = (given: readonly Float64Array[]) =>
    riskMetrics(
      watched,
      given,
      Float64Array.of(0.2, 0.4, 0.6),
      Int32Array.of(7, 7, 3, 3, 1, 2, 4, 5),
      { days: [2, 3], lastDay: 3 },
      { seed: 1, replicates: 50 },
    );

  it('gives who knows all a Brier score of 0, all skill and a whole area', () => {
    const { days, integratedBrier, integratedSkill, integratedBrierOfEveryone } = of(risks);
    expect(days.map(({ brier, rocAuc }) => [brier.value, rocAuc.value])).toEqual([
      [0, 1],
      [0, 1],
    ]);
    expect(integratedBrier).toEqual({ value: 0, low: 0, high: 0 });
    expect(integratedSkill.value).toBe(1);
    expect(integratedBrierOfEveryone).toBeGreaterThan(0.1);
  });

  it('gives who says the same of everyone no skill and half an area', () => {
    const same = [0.2, 0.4, 0.6].map((risk) => new Float64Array(8).fill(risk));
    const { days, integratedSkill } = of(same);
    expect(days.map(({ rocAuc }) => rocAuc.value)).toEqual([0.5, 0.5]);
    expect(integratedSkill).toEqual({ value: 0, low: 0, high: 0 });
  });

  it('has intervals around its values, the same for a seed', () => {
    const unsure = risks.map((ofDay) => ofDay.map((risk, row) => (risk + row / 8) / 2));
    const first = of(unsure);
    expect(first).toEqual(of(unsure));
    for (const { value, low, high } of [first.integratedBrier, first.days[0].brier]) {
      expect(low).toBeLessThan(value);
      expect(high).toBeGreaterThan(value);
    }
  });
});

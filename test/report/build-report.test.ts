import { beforeAll, describe, expect, test } from 'vitest';
import { outcomeNamed } from '../../src/definition/outcomes.ts';
import { sparkify } from '../../src/definition/sparkify.ts';
import { describeExamples } from '../../src/explore/examples.ts';
import { type Exploration, explore } from '../../src/explore/explore.ts';
import { reportExamples } from '../../src/report/build-examples.ts';
import { reportIncidence, reportLeaving } from '../../src/report/build-leaving.ts';
import { reportLog } from '../../src/report/build-log.ts';
import { day, monday, tinyLog } from '../explore/tiny-log.ts';
import { withLedger } from '../features/as-of.ts';

describe('the report of the tiny log', () => {
  let exploration: Exploration;

  beforeAll(async () => {
    exploration = await withLedger([tinyLog.join('\n')], (engine) => explore(sparkify, engine));
  });

  test('counts actions without the rows of nobody, and leaves out what only nobody did', () => {
    const span = { first: monday, last: monday + 6 * day };
    const { actions, plans, dimensions } = reportLog({ exploration, span, users: 3, lost: 1 });
    expect(actions).toEqual([
      { name: 'NextSong', rows: 5, users: 3 },
      { name: 'Cancellation Confirmation', rows: 1, users: 1 },
      { name: 'Thumbs Up', rows: 1, users: 1 },
    ]);
    expect(plans.map(({ plan, days }) => [plan, days.length])).toEqual([
      ['paid', 2],
      ['free', 2],
    ]);
    expect(dimensions.map(({ name }) => name)).toEqual(['auth', 'status', 'method']);
    expect(dimensions[1].values).toEqual([
      { value: '200', rows: 7, anonymous: 1, users: 3 },
      { value: '307', rows: 1, anonymous: 0, users: 1 },
    ]);
  });

  test('names the steps before a loss in words, and the triangle by cohort', () => {
    const { beforeLoss, cohorts, survival } = reportLeaving(exploration, []);
    expect(beforeLoss.paths).toEqual([{ path: ['like', 'play'], users: 1 }]);
    expect(beforeLoss.steps).toEqual([
      { from: 'like', users: 1 },
      { from: 'play', to: 'like', users: 1 },
    ]);
    expect(cohorts).toEqual({
      period: 'week',
      rows: [{ start: '2018-10-01', users: 3, active: [3], lost: [1], complete: true }],
    });
    const gender = survival.find(({ attribute }) => attribute === 'gender');
    expect(gender?.groups[0]).toEqual({
      value: 'F',
      users: 1,
      lost: 1,
      curve: { day: [3], atRisk: [1], share: [0], low: [Number.NaN], high: [Number.NaN] },
    });
  });
});

test('what came first is told in words, where a curve moves and where it ends, to four digits', () => {
  const definition = { ...sparkify, words: { ...sparkify.words, loss: 'cancellation' } };
  const at = (value: number) => ({ value, low: value / 3, high: 2 * value });
  const point = (day: number, atRisk: number, loss: [number, number], downgrade: [number, number]) => ({
    day,
    atRisk,
    causes: [loss, downgrade].map(([lost, share]) => ({ lost, incidence: at(share) })),
  });
  const points = [
    point(1, 9, [2, 2 / 9], [0, 0]),
    point(4, 6, [0, 2 / 9], [1, 1 / 9]),
    point(5, 4, [0, 2 / 9], [0, 1 / 9]),
  ];
  const causes = ['loss', 'downgrade'].map((name) => outcomeNamed(definition, name));
  expect(reportIncidence({ causes, points })).toEqual([
    {
      outcome: 'cancellation',
      users: 2,
      curve: {
        day: [1, 5],
        atRisk: [9, 4],
        share: [0.2222, 0.2222],
        low: [0.0741, 0.0741],
        high: [0.4444, 0.4444],
      },
    },
    {
      outcome: 'downgrade',
      users: 1,
      curve: {
        day: [4, 5],
        atRisk: [6, 4],
        share: [0.1111, 0.1111],
        low: [0.037, 0.037],
        high: [0.2222, 0.2222],
      },
    },
  ]);
  expect(reportIncidence(undefined)).toEqual([]);
});

test('the features of examples are told with four digits, and named by their own names where no catalogue knows them', () => {
  const statistics = describeExamples({
    cutoffs: Int32Array.from([17_820, 17_820, 17_820, 17_820]),
    labels: Uint8Array.from([1, 0, 1, 0]),
    matrix: { rows: 4, names: ['x'], columns: [Float64Array.from([2 / 3, 1 / 3, 1, 1 / 6])] },
  });
  const { day: on, users, lost, features } = reportExamples(statistics, []);
  expect({ on, users, lost }).toEqual({ on: '2018-10-16', users: 4, lost: 2 });
  expect(features[0]).toMatchObject({ name: 'x', meaning: 'x', unit: '', auc: { value: 1 } });
  expect(features[0].lost.quantiles[0]).toBe(0.6667);
  expect(features[0].edges).toHaveLength(features[0].lost.counts.length + 1);
});

import type { ComparedUser, ComparisonData } from '../../src/report/comparison-data.ts';
import { hostile } from './hostile.ts';

/** Two runs a month apart, of which the first is called what means harm. */
export function sampleComparison(): ComparisonData {
  const run = (name: string, month: number) => ({
    name,
    version: '0.1.0',
    createdAt: Date.UTC(2018, month + 1, 2),
    definition: 'sparkify',
    note: 'Sparkify is a fictional service, and its log is simulated.',
    firstEvent: Date.UTC(2018, 9, 1),
    lastEvent: Date.UTC(2018, month, 30),
    scoreDay: `2018-${month + 2}-01`,
    chosenModel: 'gradient-boosting',
  });
  const users = Array.from(
    { length: 12 },
    (_, i): ComparedUser => ({
      name: hostile[i] ?? `user${i}`,
      firstRank: i % 3 === 0 ? Number.NaN : i + 1,
      secondRank: 12 - i,
      firstProbability: i % 3 === 0 ? Number.NaN : 0.3 - i / 100,
      secondProbability: 0.1 + i / 50,
    }),
  );
  const feature = (name: string, psi: number, chance: number) => ({
    name,
    meaning: name === 'hostile' ? hostile[1] : `what ${name} means`,
    unit: 'days',
    psi,
    chance,
    ks: psi / 2,
    firstMedian: 3,
    secondMedian: 3 + psi,
  });
  return {
    kind: 'comparison',
    runs: [run(hostile[0], 9), run('november', 10)],
    sameInput: false,
    counts: [
      { what: 'Bytes read', unit: 'bytes', first: 1e8, second: 2e8 },
      { what: 'Users', unit: 'count', first: 225, second: 300 },
      { what: 'Lost', unit: 'count', first: 0, second: 52 },
    ],
    settings: [{ name: 'folds', first: '5', second: '' }],
    features: {
      added: ['tickets_30d'],
      removed: [],
      common: [
        feature('hostile', 0.4, 1e-9),
        feature('by_chance', 0.15, 0.2),
        feature('unknown', Number.NaN, Number.NaN),
      ],
    },
    metrics: [
      {
        metric: 'rocAuc',
        first: { value: 0.7, low: 0.65, high: 0.74 },
        second: { value: 0.8, low: 0.76, high: 0.85 },
      },
      {
        metric: 'logLoss',
        first: { value: 0.2, low: 0.1, high: 0.3 },
        second: { value: Number.NaN, low: Number.NaN, high: Number.NaN },
      },
    ],
    scores: {
      pseudonyms: true,
      firstUsers: 173,
      secondUsers: 210,
      bothUsers: 150,
      rankCorrelation: 0.71,
      firstMean: 0.05,
      secondMean: 0.07,
      top: 100,
      entered: users,
      left: [],
      movers: users.slice(0, 3),
    },
  };
}

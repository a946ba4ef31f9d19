import type { PackedUsers } from '../../src/report/pack-users.ts';
import { packUsers } from '../../src/report/pack-users.ts';
import type { ReportRiskByDay } from '../../src/report/report-data.ts';
import type { ReportScores, ReportUser, ReportUserDay } from '../../src/report/report-user.ts';
import { hostile } from './hostile.ts';
import { seeded } from './sample-numbers.ts';

const daysOfLog = 61;

export function sampleScores(): ReportScores {
  return {
    day: '2018-12-01',
    firstDay: '2018-10-01',
    unit: 'log-odds',
    base: -2.5,
    features: [
      { name: 'days_since_last_event', meaning: 'days since the last event', unit: 'days', median: 3.2 },
      {
        name: 'play_trend_14d',
        meaning: 'plays in the last 14 days against the 14 days before',
        unit: '−1…1',
        days: 28,
        median: 0.05,
      },
      { name: 'is_on_mac', meaning: 'uses macOS', unit: '0/1', median: 0 },
      { name: 'hostile', meaning: hostile[1], unit: '', median: Number.NaN },
    ],
    measures: [
      { column: 'events', title: 'events', kind: 'activity' },
      { column: 'n_play', title: 'plays', kind: 'activity' },
      { column: 'n_dislike', title: 'dislikes', kind: 'reaction' },
      { column: 'n_downgrade', title: 'downgrades', kind: 'mark' },
    ],
  };
}

export function sampleRiskByDay(): ReportRiskByDay {
  const days = Array.from({ length: 30 }, (_, i) => i + 1);
  return {
    days,
    carriedDays: 21,
    everyone: days.map((day) => 1 - 0.995 ** day),
    test: [
      { metric: 'brier', day: 7, risk: { value: 0.0242, low: 0.0219, high: 0.0263 }, everyone: 0.0246 },
      { metric: 'rocAuc', day: 7, risk: { value: 0.7156, low: 0.6918, high: 0.7377 }, everyone: 0.5 },
      { metric: 'brier', day: 14, risk: { value: 0.0445, low: 0.0418, high: 0.0472 }, everyone: 0.0464 },
      { metric: 'rocAuc', day: 14, risk: { value: 0.7233, low: 0.7031, high: 0.7412 }, everyone: 0.5 },
    ],
    curve: days.map((day) => {
      const observed = { value: 0.0045 * day, low: 0.0038 * day, high: 0.0053 * day };
      return {
        day,
        users: 400 - 12 * day,
        expected: 0.0048 * day,
        everyone: 0.0044 * day,
        ...(day <= 21 ? { observed } : {}),
      };
    }),
  };
}

/** People at risk, likeliest first; the first are called what means harm. */
export function sampleUsers(users = 173): ReportUser[] {
  const random = seeded(11);
  const probabilities = Array.from({ length: users }, () => 0.01 + 0.62 * random() ** 4).sort(
    (a, b) => b - a,
  );
  return probabilities.map((probability, i) => {
    const silent = 1 + Math.floor(random() * 20);
    const contributions = [
      { feature: 0, value: silent, contribution: 0.8 * random() },
      { feature: 1, value: 1 - 2 * random(), contribution: -0.5 * random() },
      { feature: 2, value: i % 2, contribution: 0.1234567 },
      { feature: 3, value: Number.NaN, contribution: -0.01 },
    ];
    const listed = contributions.reduce((sum, { contribution }) => sum + contribution, 0);
    return {
      name: i < hostile.length ? hostile[i] : String(100_000 + Math.floor(random() * 200_000)),
      probability,
      plan: i % 3 === 0 ? 'free' : 'paid',
      device: ['computer', 'phone', ''][i % 3],
      reasons: [`last event ${silent} days ago`, `${Math.floor(random() * 90)} songs in 14 days`],
      contributions,
      others: Math.log(probability / (1 - probability)) + 2.5 - listed,
      days: sampleDays(random, silent),
      risk: sampleRiskByDay().days.map((day) => 1 - (1 - probability) ** (day / 14)),
    };
  });
}

/** The users of a run in which all that can be missing is missing. */
export function sampleUsersWithHoles(): ReportUser[] {
  return sampleUsers(3).map((user) => ({
    ...user,
    name: '',
    probability: Number.NaN,
    plan: '',
    device: '',
    reasons: [],
    contributions: [],
    others: Number.NaN,
    days: [],
    risk: [],
  }));
}

export function packedSample(users: readonly ReportUser[] = sampleUsers()): Promise<PackedUsers> {
  return packUsers(users, sampleScores(), true);
}

function sampleDays(random: () => number, silent: number): ReportUserDay[] {
  const days: ReportUserDay[] = [];
  for (let day = Math.floor(random() * 20); day < daysOfLog - silent; day += 1 + Math.floor(random() * 6)) {
    const plays = Math.floor(random() * 80);
    const counts = [
      plays + Math.floor(random() * 20),
      plays,
      Math.floor(random() * 3),
      day % 23 === 7 ? 1 : 0,
    ];
    days.push({ day, counts, plan: day % 23 < 7 ? 'paid' : 'free' });
  }
  return days;
}

import { quantileShares } from '../../src/explore/feature-distribution.ts';
import type { ReportExamples, ReportFeature } from '../../src/report/report-examples.ts';
import type { ReportGroupSurvival, ReportIncidence, ReportLeaving } from '../../src/report/report-leaving.ts';
import { hostile } from './hostile.ts';
import { dayMillis, dayOf, wilson } from './sample-numbers.ts';

export function sampleLeaving(): ReportLeaving {
  const spans = [60, 600, 3600, 21_600, 86_400, 259_200, 604_800, 1_209_600, 2_592_000];
  const role = (action: string, actions: number, last: number, ever: number) => ({
    action,
    actions,
    last,
    share: wilson(last, 52),
    within: spans.map((_, i) => Math.round((ever * (i + 1)) / spans.length)),
    ever,
  });
  const advert = 'advert';
  const visit = 'visit to the downgrade page';
  const dislike = 'dislike';
  const path = (users: number, ...steps: string[]) => ({ path: steps, users });
  return {
    survival: [
      survival('gender', 0.28, [
        ['F', 104, 20],
        ['M', 121, 32],
      ]),
      survival('device', 0.003, [
        ['computer', 178, 36],
        ['phone', 40, 12],
        [hostile[1], 7, 4],
      ]),
    ],
    beforeLoss: {
      lost: 52,
      spans,
      roles: [
        role('play', 228_108, 0, 52),
        role(advert, 3933, 16, 41),
        role(visit, 2055, 21, 43),
        role(dislike, 2546, 8, 50),
        role('upgrade', 159, 0, 12),
      ],
      paths: [path(14, advert, 'play', dislike), path(11, visit, 'play', 'like'), path(4, dislike, 'play')],
      allPaths: 17,
      steps: [
        { from: advert, users: 14 },
        { from: visit, users: 11 },
        { from: dislike, users: 4 },
        { from: 'play', to: advert, users: 14 },
        { from: 'play', to: visit, users: 11 },
        { from: 'play', to: dislike, users: 4 },
        { from: dislike, to: 'play', users: 14 },
        { from: 'like', to: 'play', users: 11 },
      ],
    },
    cohorts: {
      period: 'week',
      rows: Array.from({ length: 9 }, (_, week) => {
        const users = week === 0 ? 152 : 22 - 2 * week;
        const ages = Array.from({ length: 9 - week }, (_, age) => age);
        return {
          start: dayOf(Date.UTC(2018, 9, 1) + week * 7 * dayMillis),
          users,
          active: ages.map((age) => Math.round(users * 0.93 ** age)),
          lost: ages.map((age) => Math.round(users * 0.02 * (age + 1))),
          complete: false,
        };
      }),
    },
    incidence: [
      incidence('cancellation', 48, 0.29),
      incidence('downgrade', 34, 0.2),
      incidence(hostile[1], 3, 0.01),
    ],
  };
}

function survival(attribute: string, p: number, groups: [string, number, number][]): ReportGroupSurvival {
  const day = Array.from({ length: 12 }, (_, i) => i * 5);
  return {
    attribute,
    p,
    groups: groups.map(([value, users, lost]) => {
      const staying = day.map((_, i) => 1 - (lost / users) * (i / (day.length - 1)));
      return {
        value,
        users,
        lost,
        curve: {
          day,
          atRisk: day.map((_, i) => users - i * Math.floor(users / 14)),
          share: staying,
          low: staying.map((one) => Math.max(0, one - 0.08)),
          high: staying.map((one) => Math.min(1, one + 0.07)),
        },
      };
    }),
  };
}

export function sampleExamples(): ReportExamples {
  const features = [
    feature('days_since_last_event', 'days since the last event', 'days', 0.71, 3, 9),
    feature('adverts_hour_14d', 'adverts an hour in the last 14 days', 'adverts/h', 0.66, 0.4, 1.3),
    feature('likes_hour_14d', 'likes an hour in the last 14 days', 'likes/h', 0.37, 1.1, 0.6),
    feature('tenure_days', hostile[0], 'days', 0.52, 90, 70),
  ];
  const names = features.map(({ name }) => name);
  return {
    day: '2018-10-22',
    users: 201,
    lost: 23,
    features,
    correlations: {
      names,
      matrix: names.map((_, i) =>
        names.map((_, j) => (i === j ? 1 : i + j === 1 ? 0.82 : Math.round((i - j) ** 3 * -12) / 1000)),
      ),
    },
  };
}

function feature(
  name: string,
  meaning: string,
  unit: string,
  auc: number,
  stayedScale: number,
  lostScale: number,
): ReportFeature {
  const edges = Array.from({ length: 13 }, (_, i) => (i * lostScale) / 3);
  const outcome = (users: number, scale: number) => ({
    known: users - 1,
    missing: 1,
    mean: scale * 1.1,
    quantiles: quantileShares.map((share) => scale * 2.4 * share ** 1.5),
    counts: edges.slice(1).map((_, i) => Math.round((users / 3) * 0.7 ** i)),
  });
  return {
    name,
    meaning,
    unit,
    auc: { value: auc, low: auc - 0.09, high: auc + 0.08 },
    lost: outcome(23, lostScale),
    stayed: outcome(178, stayedScale),
    edges,
  };
}

/** A share that rises evenly over sixty days. */
function incidence(outcome: string, users: number, most: number): ReportIncidence {
  const day = [2, 9, 20, 33, 47, 60];
  const share = day.map((d) => (most * d) / 60);
  return {
    outcome,
    users,
    curve: {
      day,
      atRisk: day.map((d) => 225 - 3 * d),
      share,
      low: share.map((s) => s * 0.8),
      high: share.map((s) => s * 1.2),
    },
  };
}

const nothing = { value: Number.NaN, low: Number.NaN, high: Number.NaN };

/** Nobody lost, a group that was never followed, and no cohort. */
export function sampleLeavingWithHoles(): ReportLeaving {
  const {
    survival: [gender],
    beforeLoss,
  } = sampleLeaving();
  const curve = { day: [0], atRisk: [0], share: [Number.NaN], low: [Number.NaN], high: [Number.NaN] };
  return {
    survival: [{ ...gender, p: Number.NaN, groups: gender.groups.map((group) => ({ ...group, curve })) }],
    beforeLoss: {
      ...beforeLoss,
      lost: 0,
      roles: beforeLoss.roles.map((role) => ({
        ...role,
        ...{ actions: 0, last: 0, ever: 0, share: nothing },
        within: beforeLoss.spans.map(() => 0),
      })),
      ...{ paths: [], allPaths: 0, steps: [] },
    },
    cohorts: { period: 'week', rows: [] },
    incidence: [
      {
        outcome: 'cancellation',
        users: 0,
        curve: { day: [0], atRisk: [0], share: [Number.NaN], low: [Number.NaN], high: [Number.NaN] },
      },
    ],
  };
}

/** Nobody lost, features without a value, and correlations of what does not vary. */
export function sampleExamplesWithHoles(): ReportExamples {
  const examples = sampleExamples();
  const none = {
    known: 0,
    missing: 23,
    mean: Number.NaN,
    quantiles: quantileShares.map(() => Number.NaN),
    counts: [],
  };
  const [first, ...others] = examples.features;
  return {
    ...examples,
    lost: 0,
    features: [{ ...first, auc: nothing, lost: none, stayed: none, edges: [] }, ...others],
    correlations: {
      names: ['a', 'b'],
      matrix: [
        [Number.NaN, Number.NaN],
        [Number.NaN, Number.NaN],
      ],
    },
  };
}

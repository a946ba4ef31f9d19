import { describe, expect, test } from 'vitest';
import {
  correlationFinding,
  featureFinding,
  separationFinding,
} from '../../web/findings/feature-findings.ts';
import { manyGroupsFinding } from '../../web/findings/group-finding.ts';
import {
  beforeLossFinding,
  cohortFinding,
  groupSurvivalFinding,
  incidenceFinding,
  pathFinding,
  timeToLossFinding,
} from '../../web/findings/leaving-findings.ts';
import { coverageFinding, dimensionFinding, planFinding } from '../../web/findings/log-findings.ts';
import { riskCurveFinding, riskMetricSentences } from '../../web/findings/risk-findings.ts';
import { calendar, formatSpan } from '../../web/words/date.ts';
import { sampleExamples, sampleLeaving } from './sample-leaving.ts';
import { wilson } from './sample-numbers.ts';
import { sampleRiskByDay } from './sample-users.ts';

const leaving = sampleLeaving();
const examples = sampleExamples();

describe('what precedes a loss', () => {
  test('is the commonest last action beside its share of all actions', () => {
    expect(beforeLossFinding(leaving.beforeLoss, 'cancellation')).toBe(
      'Last before 40.4% of cancellations: visit to the downgrade page, which is 0.9% of all actions',
    );
  });

  test('is timed by the shortest span that holds half of the lost', () => {
    expect(timeToLossFinding(leaving.beforeLoss, 'cancellation')).toBe(
      'In the 3 d before, 55.8% of those lost had: visit to the downgrade page',
    );
    const rare = { ...leaving.beforeLoss, lost: 1000 };
    expect(timeToLossFinding(rare, 'cancellation')).toBe(
      'Fewer than half of those lost had, in the 30 d before: visit to the downgrade page',
    );
  });

  test('is said not to be known where nobody is lost', () => {
    const nobody = { ...leaving.beforeLoss, lost: 0, paths: [], allPaths: 0 };
    expect(beforeLossFinding(nobody, 'loss')).toBe('What precedes a loss is not known');
    expect(timeToLossFinding(nobody, 'loss')).toBe('What precedes a loss is not known');
    expect(pathFinding(nobody)).toBe('No way out is known');
  });

  test('counts the ways out', () => {
    expect(pathFinding(leaving.beforeLoss)).toBe('14 of 52 left by the commonest of 17 ways out');
  });
});

describe('staying by group', () => {
  const [gender, device] = leaving.survival;

  test('differs only where the test says so', () => {
    expect(groupSurvivalFinding(gender)).toBe('By gender, staying does not differ clearly (p = 0.280)');
    expect(groupSurvivalFinding(device)).toContain('By device, staying differs (p = 0.003)');
    expect(groupSurvivalFinding({ ...device, p: 1e-9 })).toContain('(p < 0.001)');
    expect(groupSurvivalFinding({ ...device, p: Number.NaN })).toBe(
      'By device: staying could not be compared',
    );
  });

  test('of many groups is set beside what chance would give', () => {
    const row = (value: string, lost: number) => ({ value, users: 50, lost, share: wilson(lost, 50) });
    const group = {
      attribute: 'state',
      rows: [row('CA', 40), ...'ABCDEFGHIJKLMNOPQRS'.split('').map((name) => row(name, 10))],
    };
    expect(manyGroupsFinding(group, 0.22)).toBe(
      'By state, 1 of 20 shares lost differs clearly from the 22% of all; by chance about 1 would',
    );
  });
});

describe('cohorts', () => {
  const row = (start: string, users: number, active: number[], lost: number[], complete: boolean) => ({
    start,
    users,
    active,
    lost,
    complete,
  });

  test('are told by the largest one, in the last period that the log covers', () => {
    const rows = [
      row('2018-10-01', 100, [100, 60, 9], [1, 5, 7], false),
      row('2018-10-08', 20, [20, 9], [0, 1], false),
    ];
    expect(cohortFinding({ period: 'week', rows })).toBe(
      'Of 100 users first seen in the week of 2018-10-01, 60% came 1 week later, and 5% were lost by then',
    );
    const whole = rows.map((one) => ({ ...one, complete: true }));
    expect(cohortFinding({ period: 'week', rows: whole })).toContain(
      '9% came 2 weeks later, and 7% were lost',
    );
  });

  test('are not told of a log of one period', () => {
    expect(cohortFinding({ period: 'month', rows: [row('2018-10-01', 3, [3], [0], true)] })).toBe(
      'The log is too short to follow cohorts by month',
    );
    expect(cohortFinding({ period: 'month', rows: [] })).toContain('too short');
  });
});

describe('features by outcome', () => {
  test('are counted beside what chance would give', () => {
    expect(separationFinding(examples)).toBe(
      '3 of 4 features differ clearly by outcome; by chance about 0 would seem to',
    );
    expect(separationFinding({ ...examples, features: [] })).toBe('No feature could be judged by outcome');
  });

  test('say which side is higher, and only where the interval does', () => {
    const [above, , below, unclear] = examples.features;
    expect(featureFinding(above)).toBe(
      'Days since the last event: higher for those who leave (AUC 0.710, 0.620–0.790)',
    );
    expect(featureFinding(below)).toContain('lower for those who leave');
    expect(featureFinding(unclear)).toContain('no clear difference by outcome (AUC 0.520');
    const nothing = { value: Number.NaN, low: Number.NaN, high: Number.NaN };
    expect(featureFinding({ ...above, auc: nothing })).toContain('one outcome has no users');
  });

  test('that go together are named', () => {
    expect(correlationFinding(examples.correlations)).toBe(
      '0 of 6 pairs say nearly the same (|ρ| ≥ 0.9); closest are adverts_hour_14d and days_since_last_event (0.820)',
    );
    expect(correlationFinding({ names: [], matrix: [] })).toBe('Too few features vary to compare them');
  });
});

describe('the log', () => {
  test('is told by plan, by coverage and by its other columns', () => {
    const days = (users: number, events: number) => [{ day: '2018-10-01', users, events, plays: 0 }];
    const plans = [
      { plan: 'free', days: days(60, 100) },
      { plan: 'paid', days: days(40, 300) },
    ];
    expect(planFinding(plans)).toBe(
      'Of the users active a day, 60% are on “free”, and 25% of events are theirs',
    );
    expect(planFinding([])).toBe('No plan is known');
    expect(coverageFinding([{ day: '2018-10-01', seen: 100, active: 20, recent: 50, lost: 10 }])).toBe(
      'At the end, 10% of 100 users are lost, and 40% have been silent for a week or longer',
    );
    expect(coverageFinding([])).toBe('No user was seen');
    expect(dimensionFinding({ name: 'status', values: [] })).toBe('No line has a “status”');
  });

  test('has every day between its first and its last, in whatever order they come', () => {
    expect(calendar(['2018-11-02', '2018-10-30', '2018-10-31'])).toEqual([
      '2018-10-30',
      '2018-10-31',
      '2018-11-01',
      '2018-11-02',
    ]);
    expect(calendar([])).toEqual([]);
  });

  test('names spans of time in their largest unit', () => {
    expect([30, 60, 3600, 21_600, 604_800, Number.NaN].map(formatSpan)).toEqual([
      ...['30 s', '1 min', '1 h', '6 h', '7 d', '–'],
    ]);
  });
});

describe('what came first', () => {
  const curve = (...share: number[]) => ({
    day: share.map((_, i) => i + 1),
    atRisk: share.map(() => 10),
    share,
    low: share,
    high: share,
  });

  test('is told by the share at the end, the commonest first', () => {
    expect(
      incidenceFinding([
        { outcome: 'cancellation', users: 3, curve: curve(0.1, 0.3) },
        { outcome: 'downgrade', users: 5, curve: curve(0.05, 0.52) },
      ]),
    ).toBe('To 52% of users a downgrade comes first; cancellation to 30%');
  });

  test('is not known where nobody was followed', () => {
    expect(incidenceFinding([{ outcome: 'cancellation', users: 0, curve: curve(Number.NaN) }])).toBe(
      'What comes first to users is not known',
    );
  });
});

describe('risk by day', () => {
  const observed = { value: 0.05, low: 0.04, high: 0.06 };
  const found = (expected: number) =>
    riskCurveFinding({
      ...sampleRiskByDay(),
      curve: [
        { day: 1, users: 90, expected, everyone: 0.05, observed },
        { day: 2, users: 3, expected: 0.5, everyone: 0.05 },
      ],
    });

  test.each([
    [0.0401, 'By day 1, 4% were expected to be lost: within chance of the 5% who were'],
    [0.0701, 'By day 1, 7% were expected to be lost: more than the 5% who were'],
    [0.02, 'By day 1, 2% were expected to be lost: fewer than the 5% who were'],
  ])('a forecast of %d is laid beside what was seen on the last day watched', (expected, words) => {
    expect(found(expected)).toBe(words);
  });

  test('of rows that nobody watched is not judged', () => {
    expect(riskCurveFinding({ ...sampleRiskByDay(), curve: [] })).toBe(
      'The test rows were watched too shortly to judge risks by day',
    );
    expect(riskMetricSentences({ ...sampleRiskByDay(), test: [] })).toEqual([]);
  });

  test('is told by how it ranks and fits', () => {
    expect(riskMetricSentences(sampleRiskByDay())[0]).toBe(
      'By day 7: AUC 0.716 [0.692–0.738]; Brier score 0.0242, of one curve for everyone 0.0246.',
    );
  });
});

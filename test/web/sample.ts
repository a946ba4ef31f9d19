import type {
  ReportData,
  ReportGroup,
  ReportInterval,
  ReportLearning,
  ReportLog,
  ReportMeasure,
  ReportModel,
  ReportSurvivalPoint,
} from '../../src/report/report-data.ts';

/** What an artist, a user or a log line may be called by someone who means harm. */
export const hostile = [
  '</script><script>window.pwned = 1</script>',
  '<img src=x onerror="window.pwned = 2">',
  "$& $` $' {{report}} {{scores}} <!-- ]]>",
  '=HYPERLINK("http://example.org")',
  'line\u2028separator\u2029and \u202eright to left',
];

/** A plausible run on the small Sparkify log, the same bytes every time. `users` is the length of the score list. */
export function sampleReport(users = 173): ReportData {
  return {
    meta: {
      version: '0.1.0',
      definition: 'sparkify',
      note: 'Sparkify is a fictional service, and its log is simulated.',
      createdAt: Date.UTC(2018, 11, 4, 9, 30),
      seed: 42,
      protocol: 'forecast',
      leadDays: 0,
      horizonDays: 14,
      settings: [
        { name: 'learners', value: 'logistic regression, random forest, gradient boosting' },
        { name: 'maximum of bad rows', value: '0.1%' },
      ],
      words: { loss: 'cancellation', play: 'song play', item: 'song', creator: 'artist' },
    },
    input: sampleInput(),
    log: sampleLog(),
    who: sampleGroups(),
    behaviour: sampleBehaviour(),
    survival: sampleSurvival(),
    learning: sampleLearning(users),
  };
}

/** The same run, when the log held nothing to learn from. */
export function sampleWithoutLearning(): ReportData {
  const { learning: _, ...rest } = sampleReport();
  return { ...rest, nothingToLearn: 'Only 4 users can be followed for 14 days; at least 50 are needed.' };
}

/** A run in which all that can be missing is missing. */
export function sampleWithHoles(): ReportData {
  const report = sampleReport(3);
  const nothing: ReportInterval = { value: Number.NaN, low: Number.NaN, high: Number.POSITIVE_INFINITY };
  const learning = sampleLearning(3);
  return {
    ...report,
    input: { ...report.input, reasons: [], nulls: [] },
    log: { ...report.log, topCreators: [], topItems: [] },
    who: [{ attribute: 'plan', rows: [{ value: '', users: 0, lost: 0, share: nothing }] }],
    behaviour: report.behaviour.map((row) => ({
      ...row,
      users: 0,
      mean: Number.NaN,
      sd: Number.NaN,
      q50: Number.NaN,
    })),
    survival: [{ day: 0, atRisk: 0, lost: 0, staying: nothing }],
    learning: {
      ...learning,
      models: learning.models.map((model) => ({
        ...model,
        fitSeconds: Number.NaN,
        test: { rocAuc: nothing, averagePrecision: nothing },
        roc: [],
        precisionRecall: [],
        gains: [],
        calibration: [{ predicted: Number.NaN, observed: nothing, examples: 0 }],
      })),
      features: learning.features.map((feature) => ({ ...feature, importance: nothing })),
      scores: {
        ...learning.scores,
        users: learning.scores.users.map((row) => ({ ...row, probability: Number.NaN, reasons: [] })),
      },
    },
  };
}

function sampleInput(): ReportData['input'] {
  const columns = ['artist', 'length', 'song', 'gender', 'location', 'userAgent', 'registration'];
  return {
    files: 1,
    bytes: 128_477_280,
    lines: 286_500,
    accepted: 278_138,
    anonymous: 8_346,
    duplicate: 11,
    quarantined: 4,
    blank: 1,
    reasons: [
      {
        reason: 'not one JSON object',
        lines: 3,
        example: { file: 'mini_sparkify_event_data.json', line: 1042, text: hostile[0] },
      },
      {
        reason: 'time out of range',
        lines: 1,
        example: {
          file: 'mini_sparkify_event_data.json',
          line: 88_120,
          text: '{"ts":1,"userId":"30","page":"NextSong"}',
        },
      },
    ],
    nulls: columns.map((column, i) => {
      const nulls = i < 3 ? 49_828 : 0;
      return { column, nulls, share: nulls / 278_138 };
    }),
  };
}

function sampleLog(): ReportLog {
  const random = seeded(7);
  const counts = [
    228_108, 14_457, 12_551, 10_082, 6_526, 5_559, 4_277, 3_933, 3_226, 2_546, 2_055, 1_964, 1_244, 495, 252,
    159, 63, 52,
  ];
  const names = [
    'NextSong',
    'Home',
    'Thumbs Up',
    'Add to Playlist',
    'Add Friend',
    'Roll Advert',
    'Logout',
    'Thumbs Down',
    'Downgrade',
    'Settings',
    'Help',
    'Upgrade',
    'About',
    'Save Settings',
    'Error',
    'Submit Upgrade',
    'Submit Downgrade',
    'Cancellation Confirmation',
  ];
  const start = Date.UTC(2018, 9, 1);
  const days = Array.from({ length: 61 }, (_, i) => {
    const weekend = [0, 6].includes(new Date(start + i * dayMillis).getUTCDay());
    const events = Math.round((weekend ? 3300 : 5100) * (0.85 + 0.3 * random()));
    return {
      day: dayOf(start + i * dayMillis),
      events,
      users: Math.round(events / 62),
      plays: Math.round(events * 0.82),
      losses: i === 0 ? 0 : Math.floor(random() * 2.4 * (1 - i / 150)),
    };
  });
  const hoursByWeekday = Array.from({ length: 7 }, (_, day) =>
    Array.from({ length: 24 }, (_, hour) =>
      Math.round(
        (day > 4 ? 900 : 1500) * (1.3 + Math.sin(((hour - 10) / 12) * Math.PI)) * (0.9 + 0.2 * random()),
      ),
    ),
  );
  const creators = [
    'Kings Of Leon',
    'Coldplay',
    'Florence + The Machine',
    'Dwight Yoakam',
    'Björk',
    ...hostile,
  ];
  const items = ["You're The One", 'Undo', 'Revelry', 'Sehr kosmisch', '夜に駆ける', ...hostile];
  const ranked = (titles: readonly string[], most: number) =>
    titles.map((name, i) => ({ name, plays: Math.round(most * 0.9 ** i), users: 190 - i * 4 }));
  return {
    firstEvent: start + 61_000,
    lastEvent: start + 61 * dayMillis - 3_600_000,
    users: 225,
    lost: 52,
    actions: names.map((name, i) => ({ name, rows: counts[i], users: Math.max(52, 225 - i * 9) })),
    days,
    hoursByWeekday,
    topCreators: ranked(creators, 1841),
    topItems: ranked(items, 1122),
  };
}

function sampleGroups(): ReportGroup[] {
  const group = (attribute: string, rows: [string, number, number][]): ReportGroup => ({
    attribute,
    rows: rows.map(([value, users, lost]) => ({ value, users, lost, share: wilson(lost, users) })),
  });
  const states = Array.from({ length: 30 }, (_, i): [string, number, number] => {
    const users = Math.max(1, 34 - i);
    return [
      `State ${String.fromCharCode(65 + (i % 26))}${i}`,
      users,
      Math.round(users * (0.1 + (i % 5) * 0.07)),
    ];
  });
  return [
    group('gender', [
      ['F', 104, 20],
      ['M', 121, 32],
    ]),
    group('plan at the end', [
      ['free', 82, 29],
      ['paid', 143, 23],
    ]),
    group('device', [
      ['Windows', 106, 22],
      ['Mac', 79, 17],
      ['iPhone', 16, 5],
      ['Linux', 12, 5],
      ['iPad', 7, 2],
      [hostile[1], 5, 1],
    ]),
    group('state', states),
  ];
}

function sampleBehaviour(): ReportMeasure[] {
  const measures: [string, string, number, number][] = [
    ['songs played', 'songs', 480, 848],
    ['sessions', 'sessions', 7, 11],
    ['hours listened', 'hours', 32, 58],
    ['share of thumbs that are down', '% of thumbs', 21, 14],
  ];
  return measures.flatMap(([measure, unit, lost, stayed]) => [
    measureOf(measure, unit, 'lost', 52, lost),
    measureOf(measure, unit, 'stayed', 173, stayed),
  ]);
}

function measureOf(
  measure: string,
  unit: string,
  outcome: 'lost' | 'stayed',
  users: number,
  median: number,
): ReportMeasure {
  return {
    measure,
    unit,
    outcome,
    users,
    mean: median * 1.4,
    sd: median * 1.2,
    q05: median * 0.08,
    q25: median * 0.45,
    q50: median,
    q75: median * 1.9,
    q95: median * 3.6,
  };
}

function sampleSurvival(): ReportSurvivalPoint[] {
  let staying = 1;
  return Array.from({ length: 62 }, (_, day) => {
    const lost = day === 0 ? 0 : day % 7 === 3 ? 2 : day % 2;
    const atRisk = 225 - day * 2;
    staying *= 1 - lost / atRisk;
    const half = 0.012 * Math.sqrt(day);
    return {
      day,
      atRisk,
      lost,
      staying: { value: staying, low: staying - half, high: Math.min(1, staying + half) },
    };
  });
}

function sampleLearning(users: number): ReportLearning {
  const roles = ['train', 'train', 'train', 'embargo', 'embargo', 'test', 'test', 'score'] as const;
  const days = [4, 8, 12, 18, 24, 32, 46, 61];
  return {
    cutoffs: roles.map((role, i) => ({
      day: dayOf(Date.UTC(2018, 9, 1) + days[i] * dayMillis),
      role,
      examples: 210 - i * 5,
      lost: role === 'score' ? 0 : 19 - i,
    })),
    folds: 5,
    models: [
      sampleModel('baseline', 'Days since last visit', 0, 0.6, 0.19),
      sampleModel('logistic-regression', 'Logistic regression', 0.21, 0.71, 0.3),
      sampleModel('random-forest', 'Random forest', 1.84, 0.74, 0.33),
      sampleModel('gradient-boosting', 'Gradient boosting', 0.97, 0.77, 0.36),
    ],
    chosen: 'gradient-boosting',
    confusion: {
      threshold: 0.24,
      truePositives: 16,
      falsePositives: 27,
      falseNegatives: 11,
      trueNegatives: 316,
    },
    features: sampleFeatures(),
    scores: { day: '2018-12-01', users: sampleScores(users) },
  };
}

function sampleModel(
  name: string,
  title: string,
  fitSeconds: number,
  auc: number,
  precision: number,
): ReportModel {
  const power = (1 - auc) / auc;
  const steps = Array.from({ length: 51 }, (_, i) => i / 50);
  const rise = (x: number) => x ** power;
  const around = (value: number, half: number) => ({ value, low: value - half, high: value + half });
  return {
    name,
    title,
    fitSeconds,
    validationAveragePrecision: precision + 0.02,
    test: {
      rocAuc: around(auc, 0.07),
      averagePrecision: around(precision, 0.09),
      f1: around(precision + 0.1, 0.08),
      weightedF1: around(0.87, 0.03),
      precision: around(precision + 0.02, 0.09),
      recall: around(0.59, 0.14),
      accuracy: around(0.89, 0.02),
      logLoss: around(0.25, 0.03),
      brier: around(0.065, 0.01),
      topDecileLift: around(auc * 5.4, 1.1),
    },
    roc: steps.map((x) => ({ falsePositiveRate: x, truePositiveRate: rise(x) })),
    precisionRecall: steps.map((x) => ({
      recall: x,
      precision: 0.073 + (precision * 1.9 - 0.073) * (1 - x) ** 1.5,
    })),
    gains: steps.map((x) => ({ share: x, captured: rise(x) })),
    calibration: Array.from({ length: 8 }, (_, i) => {
      const predicted = 0.02 + i * 0.06;
      return {
        predicted,
        observed: wilson(Math.round(46 * predicted * (i % 3 === 0 ? 1.3 : 0.9)), 46),
        examples: 46,
      };
    }),
  };
}

function sampleFeatures(): ReportLearning['features'] {
  const features = [
    ['days_since_last_event', 'days since the last event', 'days', 'recency'],
    ['thumbs_down_share_14', 'share of thumbs that are down, last 14 days', '', 'reactions'],
    ['songs_trend_14', 'songs in the last 14 days against the 14 before', 'ratio', 'trend'],
    ['adverts_hour_14', 'adverts heard an hour, last 14 days', 'adverts', 'adverts'],
    ['account_age', 'days since registration', 'days', 'profile'],
  ];
  const known = features.map(([name, meaning, unit, theme], i) => ({
    name,
    meaning,
    unit,
    theme,
    size: 0.09 / (i + 1),
  }));
  const more = Array.from({ length: 17 }, (_, i) => ({
    name: `feature_${i}`,
    meaning: `a measure of activity number ${i}`,
    unit: 'events',
    theme: 'activity',
    size: 0.006 - i * 0.0006,
  }));
  return [...known, ...more].map(({ size, ...feature }) => ({
    ...feature,
    importance: { value: size, low: size - 0.018, high: size + 0.018 },
  }));
}

function sampleScores(users: number): ReportLearning['scores']['users'] {
  const random = seeded(11);
  const probabilities = Array.from({ length: users }, () => 0.01 + 0.62 * random() ** 4).sort(
    (a, b) => b - a,
  );
  return probabilities.map((probability, i) => ({
    user: i < hostile.length ? hostile[i] : String(100_000 + Math.floor(random() * 200_000)),
    probability,
    rank: i + 1,
    reasons: [
      { text: `last event ${1 + Math.floor(random() * 20)} days ago`, contribution: 0.8 * random() },
      {
        text: `${Math.floor(random() * 90)} songs in 14 days, half of the 14 before`,
        contribution: 0.5 * random(),
      },
      { text: `registered ${20 + Math.floor(random() * 200)} days ago`, contribution: -0.3 * random() },
    ],
  }));
}

const dayMillis = 86_400_000;

function dayOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}

function wilson(hits: number, of: number): ReportInterval {
  const z = 1.959964;
  const p = hits / of;
  const centre = (p + (z * z) / (2 * of)) / (1 + (z * z) / of);
  const half = (z / (1 + (z * z) / of)) * Math.sqrt((p * (1 - p)) / of + (z * z) / (4 * of * of));
  return { value: p, low: Math.max(0, centre - half), high: Math.min(1, centre + half) };
}

/** mulberry32: numbers in [0, 1). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

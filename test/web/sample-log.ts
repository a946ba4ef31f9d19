import type { ReportData, ReportLog } from '../../src/report/report-data.ts';
import { hostile } from './hostile.ts';
import { dayMillis, dayOf, seeded } from './sample-numbers.ts';

export function sampleInput(): ReportData['input'] {
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
    sources: [{ file: 'mini.json', bytes: 105_642_559, sha256: 'c0ffee' }],
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

export function sampleLog(): ReportLog {
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
    plans: ['free', 'paid'].map((plan, i) => ({
      plan,
      days: days.map(({ day, events, users, plays }) => {
        const share = (count: number) => Math.round(count * (i === 0 ? 0.3 : 0.7));
        return { day, events: share(events), users: share(users), plays: share(plays) };
      }),
    })),
    coverage: days.map(({ day, users }, i) => ({
      day,
      seen: Math.min(225, 60 + 8 * i),
      active: users - 50,
      recent: Math.round((Math.min(225, 60 + 8 * i) - Math.round(i * 0.85)) * 0.8),
      lost: Math.round(i * 0.85),
    })),
    dimensions: [
      {
        name: 'status',
        values: [
          { value: '200', rows: 259_812, anonymous: 7213, users: 225 },
          { value: '307', rows: 26_430, anonymous: 1102, users: 224 },
          { value: hostile[0], rows: 258, anonymous: 31, users: 117 },
        ],
      },
    ],
    hoursByWeekday,
    topCreators: ranked(creators, 1841),
    topItems: ranked(items, 1122),
  };
}

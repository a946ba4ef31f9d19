import { expect, test } from 'vitest';
import { literal } from '../../src/engine/sql.ts';
import { browserOf, deviceOf, stateOf, systemOf } from '../../src/ledger/agent.ts';
import { recordsOf } from '../../src/table/table.ts';
import { withDuckdb } from '../ingest/ingested.ts';

const agents: readonly (readonly [agent: string, device: string, system: string, browser: string])[] = [
  [
    '"Mozilla/5.0 (iPhone; CPU iPhone OS 7_1_2 like Mac OS X) AppleWebKit/537.51.2 (KHTML, like Gecko) Version/7.0 Mobile/11D257 Safari/9537.53"',
    ...(['phone', 'iOS', 'Safari'] as const),
  ],
  [
    '"Mozilla/5.0 (iPad; CPU OS 7_1_2 like Mac OS X) AppleWebKit/537.51.2 (KHTML, like Gecko) Version/7.0 Mobile/11D257 Safari/9537.53"',
    ...(['tablet', 'iOS', 'Safari'] as const),
  ],
  [
    'Mozilla/5.0 (iPod touch; CPU iPhone OS 12_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/12.0 Mobile/15E148 Safari/604.1',
    ...(['phone', 'iOS', 'Safari'] as const),
  ],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 16_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/114.0.5735.99 Mobile/15E148 Safari/604.1',
    ...(['phone', 'iOS', 'Chrome'] as const),
  ],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 13_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) FxiOS/114.0 Mobile/15E148 Safari/605.1.15',
    ...(['phone', 'iOS', 'Firefox'] as const),
  ],
  [
    'Mozilla/5.0 (Linux; Android 13; Pixel 7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/114.0.0.0 Mobile Safari/537.36',
    ...(['phone', 'Android', 'Chrome'] as const),
  ],
  [
    'Mozilla/5.0 (Linux; Android 13; SM-X906C) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/114.0.0.0 Safari/537.36',
    ...(['tablet', 'Android', 'Chrome'] as const),
  ],
  [
    'Mozilla/5.0 (Android 13; Mobile; rv:109.0) Gecko/114.0 Firefox/114.0',
    ...(['phone', 'Android', 'Firefox'] as const),
  ],
  [
    'Mozilla/5.0 (Linux; Android 13; SAMSUNG SM-S918B) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/21.0 Chrome/110.0.5481.154 Mobile Safari/537.36',
    ...(['phone', 'Android', 'Samsung Internet'] as const),
  ],
  [
    'Mozilla/5.0 (Linux; U; Android 4.0.3; ko-kr; LG-L160L Build/IML74K) AppleWebkit/534.30 (KHTML, like Gecko) Version/4.0 Mobile Safari/534.30',
    ...(['phone', 'Android', 'Android Browser'] as const),
  ],
  ['Dalvik/2.1.0 (Linux; U; Android 12; SM-A515F)', 'phone', 'Android', 'other'],
  [
    '"Mozilla/5.0 (Windows NT 6.1; WOW64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/36.0.1985.143 Safari/537.36"',
    ...(['computer', 'Windows', 'Chrome'] as const),
  ],
  [
    'Mozilla/5.0 (Windows NT 6.1; WOW64; rv:31.0) Gecko/20100101 Firefox/31.0',
    ...(['computer', 'Windows', 'Firefox'] as const),
  ],
  [
    'Mozilla/5.0 (Windows NT 6.1; WOW64; Trident/7.0; rv:11.0) like Gecko',
    ...(['computer', 'Windows', 'Internet Explorer'] as const),
  ],
  [
    'Mozilla/5.0 (compatible; MSIE 9.0; Windows NT 6.1; WOW64; Trident/5.0)',
    ...(['computer', 'Windows', 'Internet Explorer'] as const),
  ],
  [
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/114.0.0.0 Safari/537.36 Edg/114.0.1823.51',
    ...(['computer', 'Windows', 'Edge'] as const),
  ],
  [
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/113.0.0.0 Safari/537.36 OPR/99.0.0.0',
    ...(['computer', 'Windows', 'Opera'] as const),
  ],
  [
    '"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_9_4) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/36.0.1985.143 Safari/537.36"',
    ...(['computer', 'macOS', 'Chrome'] as const),
  ],
  [
    '"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_9_4) AppleWebKit/537.78.2 (KHTML, like Gecko) Version/7.0.6 Safari/537.78.2"',
    ...(['computer', 'macOS', 'Safari'] as const),
  ],
  [
    'Mozilla/5.0 (X11; Ubuntu; Linux x86_64; rv:31.0) Gecko/20100101 Firefox/31.0',
    ...(['computer', 'Linux', 'Firefox'] as const),
  ],
  [
    '"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/36.0.1985.125 Safari/537.36"',
    ...(['computer', 'Linux', 'Chrome'] as const),
  ],
  [
    'Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/114.0.0.0 Safari/537.36',
    ...(['computer', 'ChromeOS', 'Chrome'] as const),
  ],
  ['curl/8.1.2', 'other', 'other', 'other'],
  ['', 'other', 'other', 'other'],
];

test('agents name their device, system and browser', async () => {
  const rows = agents.map(([agent]) => `(${literal(agent)})`);
  const read = await withDuckdb(async (engine) =>
    recordsOf(
      await engine.query(
        `select agent, ${deviceOf('agent')}, ${systemOf('agent')}, ${browserOf('agent')}
        from (values ${rows.join(', ')}) as agents (agent)`,
      ),
    ),
  );
  const byAgent = new Map(read.map((record) => [record.agent, Object.values(record)]));
  for (const [agent, ...names] of agents) expect(byAgent.get(agent)).toEqual([agent, ...names]);
});

test('of no agent nothing is known', async () => {
  const none = 'cast(null as varchar)';
  expect(await answers([deviceOf(none), systemOf(none), browserOf(none)])).toEqual([null, null, null]);
});

const locations: readonly (readonly [location: string, state: string | null])[] = [
  ['New York-Newark-Jersey City, NY-NJ-PA', 'NY'],
  ['Bakersfield, CA', 'CA'],
  ['Louisville/Jefferson County, KY-IN', 'KY'],
  ["Coeur d'Alene, ID", 'ID'],
  ['Chicago', null],
  ['Chicago,IL', null],
  ['Chicago, ', null],
  [', IL', 'IL'],
  ['', null],
];

test('a location names its first state', async () => {
  expect(await answers(locations.map(([location]) => stateOf(literal(location))))).toEqual(
    locations.map(([, state]) => state),
  );
});

async function answers(expressions: readonly string[]) {
  return withDuckdb(async (engine) => {
    const columns = expressions.map((sql, j) => `${sql} as c${j}`);
    const [record] = recordsOf(await engine.query(`select ${columns.join(', ')}`));
    return Object.values(record);
  });
}

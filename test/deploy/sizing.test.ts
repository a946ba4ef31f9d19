import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { deploy } from './tools.ts';

interface Sizes {
  readonly coreHours: number;
  readonly workers: number;
  readonly computing: number;
  readonly learned: number;
  readonly learning: number;
  readonly hours: number;
  readonly embeddedHours?: number;
  readonly memoryGB: number;
}

const { rateOf, sizeLog, replaceSizing, sizingText } = (await import(join(deploy, 'sizing.mjs'))) as {
  rateOf(results: object, id: string): { fixed: number; perGB: number };
  sizeLog(gigabytes: number, rates: object, plan: object): Sizes;
  replaceSizing(page: string, text: string): string;
  sizingText(engines: object, run: object, plan: object): string;
};

const machine = { processor: 'P', cores: 2, load: 0.5 };
const measured = (...points: [number, number][]) => ({
  date: '2026-01-02T03:04:05.000Z',
  machine,
  logs: points.map(([gigabytes, cpuSeconds]) => ({
    bytes: gigabytes * 1e9,
    summary: [{ id: 'refrain-spark', cpuSeconds }],
  })),
});
const run = {
  date: '2026-01-02T03:04:05.000Z',
  machine,
  log: { bytes: 2e9 },
  summary: [
    { id: 'refrain', seconds: { ingest: 12, ledger: 4, explore: 4, models: 6, explanation: 3, scores: 1 } },
  ],
  threads: 2,
  checks: [
    { what: 'ledger', rows: 5 },
    { what: 'examples', rows: 20_000 },
  ],
};
const plan = {
  assumptions: {
    clusterEfficiency: 0.5,
    startMinutes: 6,
    hoursAllowed: 1.1,
    coresPerWorker: 8,
    memoryGBPerWorker: 32,
    coresOfDriver: 4,
    memoryGBOfDriver: 64,
    memoryGBForDriverItself: 14,
    copiesOfExamples: 2,
    features: 250,
    gigabytesOnOneMachine: 2000,
  },
  prices: {
    worker: { perHour: 0.5 },
    driver: { perHour: 1 },
    platforms: [{ name: 'Service', perMachineHour: 0.5 }],
    storagePerGBMonth: 0.02,
  },
  logs: [{ name: 'a TB', gigabytes: 1000 }],
};

describe('the rate', () => {
  test('of two logs is the line through them', () => {
    const { fixed, perGB } = rateOf(measured([1, 150], [3, 350]), 'refrain-spark');
    expect(perGB).toBeCloseTo(100, 9);
    expect(fixed).toBeCloseTo(50, 9);
  });

  test('of one log counts everything as growing with it', () => {
    expect(rateOf(measured([2, 300]), 'refrain-spark')).toEqual({ fixed: 0, perGB: 150 });
  });

  test('of what was not measured is an error', () => {
    expect(() => rateOf(measured([2, 300]), 'pyspark')).toThrow('no measurement of pyspark');
  });
});

test('a terabyte at 100 core-seconds a GB, half of them useful, in an hour: 56 cores, 7 machines', () => {
  const rates = {
    spark: { fixed: 800, perGB: 100 },
    examplesPerGB: 10_000,
    learningPerExample: 144e-5,
    embeddedPerGB: 36,
  };
  const sizes = sizeLog(1000, rates, plan);
  expect(sizes.coreHours).toBeCloseTo(28, 9);
  expect(sizes.workers).toBe(7);
  expect(sizes.computing).toBeCloseTo(1, 9);
  // 10 million examples of 250 × 8 bytes, twice, and 14 GB for Spark's driver and Node themselves.
  expect(sizes.memoryGB).toBeCloseTo(54, 9);
  expect(sizes.learned).toBe(10_000_000);
  expect(sizes.learning).toBeCloseTo(1, 9);
  expect(sizes.hours).toBeCloseTo(2.1, 9);
  expect(sizes.embeddedHours).toBeCloseTo(2.5 + 1, 9);
});

test('more examples than the driver has memory for are not learned from, and no machine holds every log', () => {
  const rates = {
    spark: { fixed: 0, perGB: 100 },
    examplesPerGB: 10_000,
    learningPerExample: 144e-5,
    embeddedPerGB: 36,
  };
  const { learned, embeddedHours } = sizeLog(100_000, rates, plan);
  expect(learned).toBe(12_500_000);
  expect(embeddedHours).toBeUndefined();
});

test('the tables tell where their numbers come from', () => {
  const text = sizingText(measured([1, 150], [3, 350]), run, plan);
  expect(text).toContain(
    '**100.0 core-seconds a GB**, and 50 once (logs of 1.0 GB and 3.0 GB; 2026-01-02, P, 2 cores, load when it began 0.5)',
  );
  expect(text).toContain('**20.0 core-seconds a GB** (2026');
  expect(text).toContain('10,000 examples a GB');
  expect(text).toContain('**1.00 core-milliseconds an example**');
  expect(text).toMatch(/^\| a TB \| 27\.8 \| 7 \|/m);
  // 1.79 hours: 0.1 to start, 0.99 to compute, 0.69 to learn; 7 workers at $0.50 and $0.50, a driver at $1 and $0.50.
  expect(text).toMatch(/^\| a TB \| 2\.08 \| \$2\.08 \| 1\.79 \| \$15\.19 \|/m);
});

test('docs/cluster.md has the place for the tables, once', async () => {
  const page = await readFile(join(deploy, '..', 'docs', 'cluster.md'), 'utf8');
  expect(page.split('<!-- sizing -->')).toHaveLength(2);
  const filled = replaceSizing(page, 'TABLES');
  expect(filled).toContain('<!-- sizing -->\nTABLES\n<!-- /sizing -->');
  expect(replaceSizing(filled, 'TABLES')).toBe(filled);
  expect(() => replaceSizing('no place', 'TABLES')).toThrow('lacks the lines');
});

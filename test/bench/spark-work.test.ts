import { describe, expect, test } from 'vitest';
import { benchModule } from './bench.ts';

const { workByStage } = await benchModule<{
  workByStage(told: { spans: readonly object[]; stages: readonly object[] }): Record<string, object>;
}>('spark-work.mjs');

const noon = Date.UTC(2026, 0, 2, 12);
const span = (stage: string, begin: number, end: number) => ({ stage, begin: noon + begin, end: noon + end });

/** A Spark stage that was submitted `ms` after noon, as Spark's REST API writes it. */
function sparkStage(ms: number, more: object = {}) {
  return {
    status: 'COMPLETE',
    submissionTime: new Date(noon + ms).toISOString().replace('Z', 'GMT'),
    ...{ numTasks: 2, numCompleteTasks: 2, executorRunTime: 1500, inputBytes: 10, outputBytes: 20 },
    ...{ shuffleWriteBytes: 30, shuffleReadBytes: 40, diskBytesSpilled: 50 },
    ...more,
  };
}

const once = {
  ...{ stages: 1, tasks: 2, taskSeconds: 1.5, readBytes: 10, writtenBytes: 20 },
  ...{ shuffleWrittenBytes: 30, shuffleReadBytes: 40, spilledBytes: 50 },
};

describe('what Spark did', () => {
  test('counts for the stage of the job in which it was submitted, though it ends later', () => {
    const spans = [span('ingest', 0, 100), span('ledger', 100.5, 200)];
    const stages = [sparkStage(150), sparkStage(100), sparkStage(0)];
    expect(workByStage({ spans, stages })).toEqual({
      ingest: {
        ...{ stages: 2, tasks: 4, taskSeconds: 3, readBytes: 20, writtenBytes: 40 },
        ...{ shuffleWrittenBytes: 60, shuffleReadBytes: 80, spilledBytes: 100 },
      },
      ledger: once,
    });
  });

  test('counts together for a stage that the job takes up again, in the order of the job', () => {
    const spans = [span('ledger', 0, 10), span('features', 20, 30), span('ledger', 40, 50)];
    const stages = [sparkStage(45), sparkStage(25), sparkStage(5)];
    const work = workByStage({ spans, stages });
    expect(Object.keys(work)).toEqual(['ledger', 'features']);
    expect(work).toMatchObject({ ledger: { stages: 2, tasks: 4 }, features: once });
  });

  test('counts for the rest between stages of the job', () => {
    const work = workByStage({ spans: [span('ingest', 0, 10)], stages: [sparkStage(11)] });
    expect(work).toEqual({ 'the rest': once });
  });

  test('leaves out skipped stages, whose output was there already', () => {
    const skipped = sparkStage(5, { status: 'SKIPPED', submissionTime: undefined });
    expect(workByStage({ spans: [span('ingest', 0, 10)], stages: [skipped] })).toEqual({});
  });
});

import { create } from '@bufbuild/protobuf';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ExecutePlanResponse_ExecutionProgressSchema as ProgressSchema } from '../../../../src/engine/spark/connect/gen/spark/connect/base_pb.ts';
import { type Progress, progressTracker } from '../../../../src/engine/spark/connect/progress.ts';

const stage = (done: number, total: number, bytes = 0) => ({
  numTasks: BigInt(total),
  numCompletedTasks: BigInt(done),
  inputBytesRead: BigInt(bytes),
});

test('stages are summed', () => {
  const told: Progress[] = [];
  progressTracker((progress) => told.push(progress))(
    create(ProgressSchema, { stages: [stage(1, 4, 10), stage(2, 2, 5)] }),
  );
  expect(told).toEqual([{ done: 3, total: 6, bytesRead: 15 }]);
});

test('nothing is told before there are tasks', () => {
  const told: Progress[] = [];
  progressTracker((progress) => told.push(progress))(create(ProgressSchema, {}));
  expect(told).toEqual([]);
});

test('whatever Spark counts, what is told never falls and never exceeds its total', () => {
  const stages = fc.array(fc.tuple(fc.nat(50), fc.nat(20), fc.nat(1000)), { maxLength: 4 });
  fc.assert(
    fc.property(fc.array(stages, { maxLength: 10 }), (events) => {
      const told: Progress[] = [];
      const track = progressTracker((progress) => told.push(progress));
      for (const event of events)
        track(create(ProgressSchema, { stages: event.map(([d, t, b]) => stage(d, t, b)) }));
      told.forEach((now, i) => {
        expect(now.done).toBeLessThanOrEqual(now.total);
        if (i === 0) return;
        expect(now.done).toBeGreaterThanOrEqual(told[i - 1].done);
        expect(now.total).toBeGreaterThanOrEqual(told[i - 1].total);
        expect(now.bytesRead).toBeGreaterThanOrEqual(told[i - 1].bytesRead);
      });
    }),
  );
});

import { relative } from 'node:path';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files whose tests wait for Spark take minutes: begun last, one of them would keep all others' cores idle. */
const slowest = [/parity/, /spark|storage|deploy/];

class SlowestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return sorted.sort((a, b) => place(a) - place(b));
  }
}

function place({ moduleId }: TestSpecification): number {
  const path = relative(import.meta.dirname, moduleId);
  const found = slowest.findIndex((pattern) => pattern.test(path));
  return found === -1 ? slowest.length : found;
}

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/spark/global-setup.ts'],
    sequence: { sequencer: SlowestFirst },
    testTimeout: 400_000,
    hookTimeout: 400_000,
    maxWorkers: 3,
    // Modules hold no state: files of tests may share them, which saves a tenth of all time.
    isolate: false,
  },
});

import type { Effects } from '../effects.ts';
import type { BootstrapOptions } from '../evaluation/bootstrap.ts';
import { type TopShare, topShares } from '../evaluation/top-share.ts';
import type { ExampleRows } from '../features/examples.ts';
import type { ReportJudgement } from '../report/report-judgement.ts';
import { runBeside } from '../threads/run-beside.ts';
import { workerUrl } from '../threads/worker-url.ts';
import { judgementOf } from './judgement.ts';
import type { Learned } from './learn.ts';
import { pick, pickLabels } from './pick-rows.ts';
import { type LearnedNumbers, withoutModels } from './without-models.ts';

/** How far what was learned can be trusted, beyond the metrics of each learner. */
export interface Assessment {
  readonly judgement: ReportJudgement;
  /** Whom one reaches who can act on so many, by the chosen model. */
  readonly top: readonly TopShare[];
}

/** What is assessed, and by which draws of users. */
export interface ToAssess {
  readonly learned: LearnedNumbers;
  readonly rows: Omit<ExampleRows, 'users'>;
  readonly options: BootstrapOptions;
}

const shares = [0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5];

/** `assess` in a thread beside this one, where that pays. @throws InterruptedError when the signal is aborted. */
export function assessBeside(
  learned: Learned,
  { cutoffs, labels, matrix }: ExampleRows,
  { seed, replicates }: BootstrapOptions,
  effects: Pick<Effects, 'threads' | 'signal'>,
): Promise<Assessment> {
  const subject = {
    learned: withoutModels(learned),
    rows: { cutoffs, labels, matrix },
    options: replicates === undefined ? { seed } : { seed, replicates },
  };
  const module = () => workerUrl(import.meta.url, './assess-worker.ts');
  return runBeside(assess, module, subject, labels.length, effects);
}

export function assess({ learned, rows, options }: ToAssess): Assessment {
  const { plan, groups, chosen } = learned;
  const labels = pickLabels(rows.labels, plan.testRows);
  const probabilities = pick(chosen.probabilities, plan.testRows);
  const users = Int32Array.from(plan.testRows, (row) => groups[row]);
  return {
    judgement: judgementOf(learned, rows, options),
    top: topShares(labels, probabilities, users, shares, options),
  };
}

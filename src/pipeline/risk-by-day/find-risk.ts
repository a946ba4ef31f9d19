import type { Effects } from '../../effects.ts';
import { NothingToLearnError } from '../../errors.ts';
import type { BootstrapOptions } from '../../evaluation/bootstrap.ts';
import type { HazardModel } from '../../models/hazard/hazard.ts';
import { runBeside } from '../../threads/run-beside.ts';
import { workerUrl } from '../../threads/worker-url.ts';
import type { LearnedNumbers } from '../without-models.ts';
import { type JudgedRisk, judgeRisk } from './judge-risk.ts';
import { type JudgedWindow, judgeWindow } from './judge-window.ts';
import { learnRisk, type WatchedExamples } from './learn-risk.ts';

/** A hazard model, and how well its like does on the test rows. */
export interface FoundRisk {
  readonly model: HazardModel;
  readonly judged: JudgedRisk;
  /** Absent where the window ends later than the risks do. */
  readonly window: JudgedWindow | undefined;
}

export interface RiskSubject {
  readonly examples: WatchedExamples;
  readonly labels: Uint8Array;
  readonly learned: Pick<LearnedNumbers, 'plan' | 'groups' | 'cutoffs' | 'chosen'>;
  readonly settings: BootstrapOptions & { readonly leadDays: number; readonly horizonDays: number };
}

/** `findRisk` in a thread beside this one, where that pays. @throws InterruptedError when the signal is aborted. */
export function findRiskBeside(
  subject: RiskSubject,
  effects: Pick<Effects, 'threads' | 'signal'>,
): Promise<FoundRisk | string> {
  const module = () => workerUrl(import.meta.url, './find-risk-worker.ts');
  return runBeside(findRisk, module, subject, subject.labels.length, effects);
}

/** What was learned and how good it is, or in words why nothing was. */
export function findRisk({ examples, labels, learned, settings }: RiskSubject): FoundRisk | string {
  try {
    const found = learnRisk(examples, learned, settings.seed);
    const users = Int32Array.from(learned.plan.testRows, (row) => learned.groups[row]);
    return {
      model: found.model,
      judged: judgeRisk(found, users, settings),
      window: judgeWindow(found.testRisks, learned, labels, users, settings, settings),
    };
  } catch (error) {
    if (error instanceof NothingToLearnError) return error.message;
    throw error;
  }
}

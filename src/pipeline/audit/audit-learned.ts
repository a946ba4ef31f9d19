import { findAloneAgainstRest } from '../../audit/alone-against-rest.ts';
import type { Audit, CheckResult } from '../../audit/audit.ts';
import { auditTable } from '../../audit/audit-table.ts';
import type { ScrambleSettings } from '../../audit/label-scramble.ts';
import { scrambleResult } from '../../audit/scramble-result.ts';
import type { Interval } from '../../evaluation/intervals.ts';
import { labelledCutoffs } from '../../features/cutoffs.ts';
import type { ExampleRows } from '../../features/examples.ts';
import type { Feature } from '../../features/feature.ts';
import type { Context } from '../context.ts';
import type { Learned } from '../learn.ts';
import type { OwnTable } from '../own-tables/open-own-tables.ts';
import type { OwnTableSpec } from '../own-tables/own-table-spec.ts';
import type { ReadLog } from '../read-log.ts';
import type { LearnSettings, ReadSettings } from '../settings.ts';
import { auditFuture } from './audit-future.ts';
import { auditForeknowledge, auditUndated } from './audit-own-tables.ts';
import { priceOfLeaks } from './price-of-leaks.ts';
import { auditScore } from './score-limits.ts';

/** What was learned from, and what by; the engine's `ledger` and `examples` must be those of the log and the rows. */
export interface ToAudit {
  readonly log: ReadLog;
  readonly catalogue: readonly Feature[];
  readonly own: readonly OwnTable[];
  readonly rows: ExampleRows;
  readonly learned: Learned;
  /** How the true probabilities rank the test rows, where they are known. */
  readonly oracle?: Interval;
}

export interface LearnedSettings extends ReadSettings, Omit<LearnSettings, 'learners' | 'tuning'> {
  readonly own: readonly OwnTableSpec[];
}

/** Every check: seconds for a small log, minutes for a large one. */
export async function auditFully(
  settings: LearnedSettings,
  subject: ToAudit,
  context: Context,
): Promise<Audit> {
  const { log, catalogue, own, rows, learned } = subject;
  const { stopwatch } = context;
  const cutoffs = labelledCutoffs(log.span, settings);
  const future = await stopwatch.time('future edit', () =>
    auditFuture(settings, log, cutoffs, catalogue, context),
  );
  const { scramble, checks } = await stopwatch.time('label scramble', () =>
    ofTable(settings, subject, fullScramble, context),
  );
  const features = [...catalogue, ...own.flatMap((table) => table.features)];
  return {
    checks: [
      future,
      scrambleResult(scramble),
      ...checks,
      await againstRest(settings, subject, context),
      scoreResult(settings, subject),
      ...(await ownResults(subject, context)),
    ],
    scramble,
    prices:
      settings.protocol === 'retrospective'
        ? []
        : await stopwatch.time('leak price', () =>
            priceOfLeaks(rows, learned, features, settings, log, context),
          ),
  };
}

/** The checks that cost little beside a run: all but the edit of the future and the price of leaks. */
export async function auditQuickly(
  settings: LearnedSettings,
  subject: ToAudit,
  context: Context,
): Promise<Audit> {
  const { own } = subject;
  const { scramble, checks } = await ofTable(settings, subject, quickScramble, context);
  return {
    checks: [
      scrambleResult(scramble),
      ...checks,
      ...(own.length === 0 ? [] : [await againstRest(settings, subject, context)]),
      scoreResult(settings, subject),
      ...(await ownResults(subject, context)),
    ],
    scramble,
    prices: [],
  };
}

const fullScramble = { permutations: 20, maxRows: 20_000 };
/** Enough to see a plan that is wrong. */
const quickScramble = { permutations: 2, maxRows: 2_000 };

function ofTable(
  { seed }: LearnedSettings,
  { rows, learned: { plan, groups } }: ToAudit,
  scramble: Omit<ScrambleSettings, 'seed'>,
  { effects }: Context,
) {
  return auditTable({ rows, isDated: true, plan, groups, scramble: { ...scramble, seed } }, effects);
}

async function againstRest(
  { seed, replicates }: LearnedSettings,
  { own, rows, learned: { plan, groups } }: ToAudit,
  { effects }: Context,
): Promise<CheckResult> {
  const sources = new Map(
    own.flatMap(({ path, features }) => features.map(({ name }) => [name, path] as const)),
  );
  const sourceOf = (feature: string) => sources.get(feature) ?? feature;
  return {
    check: 'alone against the rest',
    done: true,
    words: `the strongest of ${rows.matrix.names.length} columns against all others together`,
    findings: await findAloneAgainstRest(rows, plan, groups, { seed, replicates, sourceOf }, effects),
  };
}

function scoreResult({ protocol }: LearnedSettings, { learned, oracle }: ToAudit): CheckResult {
  if (protocol === 'forecast') return auditScore(learned, oracle);
  return {
    check: 'too good',
    done: false,
    words: 'the retrospective protocol is leaky by itself: its score is no forecast',
    findings: [],
  };
}

async function ownResults({ own, rows }: ToAudit, { engine }: Context): Promise<CheckResult[]> {
  if (own.length === 0) return [];
  return [await auditForeknowledge(engine, rows, own), auditUndated(own)];
}

import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { atOnce } from '../at-once.ts';
import type { Audit } from '../audit/audit.ts';
import type { ExampleStatistics } from '../explore/examples.ts';
import { reportExamples } from '../report/build-examples.ts';
import type { PackedUsers } from '../report/pack-users.ts';
import type { ReportLearning } from '../report/report-data.ts';
import { writeAudit } from './audit/audit-files.ts';
import { auditFully, auditQuickly, type ToAudit } from './audit/audit-learned.ts';
import type { Context } from './context.ts';
import { describeBeside } from './describe-examples.ts';
import { writeExampleStatistics } from './example-files.ts';
import { explainAndJudge } from './explain-and-judge.ts';
import type { Learned } from './learn.ts';
import { writePredictions } from './predictions-file.ts';
import { reportLearning } from './report-learning.ts';
import { type EveryoneScored, scoreEveryone } from './score-everyone.ts';
import { publishRun } from './scores-files.ts';
import type { RunSettings } from './settings.ts';
import { reportSufficiency } from './sufficiency/report-sufficiency.ts';
import { runSufficiency } from './sufficiency/run-sufficiency.ts';
import type { Sufficiency } from './sufficiency/sufficiency.ts';

/** What was learned of one outcome. */
export interface Forecast {
  readonly learned: Learned;
  readonly audit: Audit;
  /** Absent under the retrospective protocol. */
  readonly sufficiency: Sufficiency | undefined;
  /** Why there is no risk by day. */
  readonly noRiskByDay?: string;
  readonly report: ReportLearning;
  /** Everyone scored, for the report's page. */
  readonly packed: PackedUsers;
}

/**
 * All that follows from what was learned, written to the run folder: examples described, learners explained and judged, the audit,
 * and everyone's scores. These need nothing of each other, and run at the same time.
 */
export async function conclude(settings: RunSettings, subject: ToAudit, context: Context): Promise<Forecast> {
  const { log, catalogue, own, rows, learned } = subject;
  const { engine, folder, effects } = context;
  const features = [...catalogue, ...own.flatMap((table) => table.features)];
  await mkdir(join(folder, 'metrics'));
  const [examples, { explained, judgement }, audit, scored] = await atOnce([
    describe(subject, context),
    explainAndJudge(settings, log, learned, rows, context),
    auditRun(settings, subject, context),
    // One after the other: the engine does one thing at a time, and this thread would wait to hand it rows.
    writePredictions(folder, learned, rows, engine).then(() =>
      scoreEveryone(settings, log, learned, rows, features, context),
    ),
  ]);
  const sufficiency = await runSufficiency(settings, log, learned, rows, features, context);
  if (settings.publish !== undefined) await publishRun(settings.publish, engine, effects);
  await engine.drop('scores');
  const { described, common, users } = scored;
  const report = reportLearning(learned, rows, described, explained, audit, common, users);
  const { noRiskByDay, ...parts } = riskParts(scored);
  return {
    ...{ learned, audit, sufficiency, packed: scored.packed },
    ...(noRiskByDay === undefined ? {} : { noRiskByDay }),
    report: {
      ...report,
      judgement,
      ...(sufficiency === undefined ? {} : { sufficiency: reportSufficiency(sufficiency) }),
      ...parts,
      examples: reportExamples(examples, features),
    },
  };
}

async function describe(
  { rows }: ToAudit,
  { folder, stopwatch, effects }: Context,
): Promise<ExampleStatistics> {
  const examples = await stopwatch.time('examples', () => describeBeside(rows, effects));
  await writeExampleStatistics(folder, examples);
  return examples;
}

async function auditRun(settings: RunSettings, subject: ToAudit, context: Context): Promise<Audit> {
  const checks = settings.fullAudit === true ? auditFully : auditQuickly;
  const audit = await context.stopwatch.time('audit', () =>
    checks({ ...settings, own: settings.own ?? [] }, subject, context),
  );
  await writeAudit(context.folder, join(context.folder, 'metrics'), audit);
  return audit;
}

function riskParts({
  riskByDay,
}: EveryoneScored): Pick<ReportLearning, 'riskByDay'> & Pick<Forecast, 'noRiskByDay'> {
  return typeof riskByDay === 'string' ? { noRiskByDay: riskByDay } : { riskByDay };
}

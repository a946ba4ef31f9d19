import type { ReportData, ReportInterval } from '../../src/report/report-data.ts';
import { judgementWithHoles, sampleExplanationWithHoles } from './sample-explanation.ts';
import { sampleLearning } from './sample-learning.ts';
import { sampleBehaviour, sampleGroups, sampleSurvival } from './sample-leavers.ts';
import { sampleExamplesWithHoles, sampleLeaving, sampleLeavingWithHoles } from './sample-leaving.ts';
import { sampleInput, sampleLog } from './sample-log.ts';

/** A plausible run on the small Sparkify log, the same bytes every time. */
export function sampleReport(): ReportData {
  return {
    meta: {
      version: '0.1.0',
      definition: 'sparkify',
      note: 'Sparkify is a fictional service, and its log is simulated.',
      createdAt: Date.UTC(2018, 11, 4, 9, 30),
      seed: 42,
      protocol: 'forecast',
      leadDays: 0,
      horizonDays: 14,
      settings: [
        { name: 'learners', value: 'logistic regression, random forest, gradient boosting' },
        { name: 'maximum of bad rows', value: '0.1%' },
      ],
      repeat: 'refrain run mini.json --seed 42 --out first-run',
      versions: [{ name: 'Node.js', value: '20.20.2' }],
      words: { loss: 'cancellation', play: 'song play', item: 'song', creator: 'artist' },
    },
    input: sampleInput(),
    log: sampleLog(),
    who: sampleGroups(),
    behaviour: sampleBehaviour(),
    survival: sampleSurvival(),
    leaving: sampleLeaving(),
    learning: sampleLearning(),
  };
}

/** The same run, when the log held nothing to learn from. */
export function sampleWithoutLearning(): ReportData {
  const { learning: _, ...rest } = sampleReport();
  return { ...rest, nothingToLearn: 'Only 4 users can be followed for 14 days; at least 50 are needed.' };
}

/** A run in which all that can be missing is missing. */
export function sampleWithHoles(): ReportData {
  const report = sampleReport();
  const nothing: ReportInterval = { value: Number.NaN, low: Number.NaN, high: Number.POSITIVE_INFINITY };
  const learning = sampleLearning();
  return {
    ...report,
    input: { ...report.input, reasons: [], nulls: [] },
    log: { ...report.log, topCreators: [], topItems: [], plans: [], coverage: [], dimensions: [] },
    who: [{ attribute: 'plan', rows: [{ value: '', users: 0, lost: 0, share: nothing }] }],
    behaviour: report.behaviour.map((row) => ({
      ...row,
      users: 0,
      mean: Number.NaN,
      sd: Number.NaN,
      q50: Number.NaN,
    })),
    survival: [{ day: 0, atRisk: 0, lost: 0, staying: nothing }],
    leaving: sampleLeavingWithHoles(),
    learning: {
      ...learning,
      models: learning.models.map((model) => ({
        ...model,
        fitSeconds: Number.NaN,
        test: { rocAuc: nothing, averagePrecision: nothing },
        roc: [],
        precisionRecall: [],
        gains: [],
        calibration: [{ predicted: Number.NaN, observed: nothing, examples: 0 }],
        thresholds: { threshold: [1], truePositives: [0], falsePositives: [0], lost: 0, stayed: 0 },
        threshold: Number.NaN,
        distribution: { width: 0.001, lost: [0], stayed: [0] },
      })),
      features: learning.features.map((feature) => ({ ...feature, importance: nothing })),
      explanation: sampleExplanationWithHoles(nothing),
      ...(learning.judgement === undefined
        ? {}
        : { judgement: judgementWithHoles(learning.judgement, nothing) }),
      examples: sampleExamplesWithHoles(),
    },
  };
}

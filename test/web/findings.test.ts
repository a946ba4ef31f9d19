import { describe, expect, test } from 'vitest';
import type { ReportInterval, ReportLearning } from '../../src/report/report-data.ts';
import { countAtRisk } from '../../web/findings/at-risk.ts';
import { behaviourFinding, byMeasure } from '../../web/findings/behaviour-finding.ts';
import {
  calibrationFinding,
  confusionFinding,
  gainsFinding,
  importanceFinding,
  precisionRecallFinding,
} from '../../web/findings/curve-findings.ts';
import { groupFinding } from '../../web/findings/group-finding.ts';
import { inputFinding, survivalFinding, unaccounted } from '../../web/findings/log-findings.ts';
import {
  baselineSentence,
  chanceSentence,
  judgeModel,
  shortVerdict,
} from '../../web/findings/model-verdict.ts';
import { sampleReport } from './sample.ts';

const learnt = learningOf();

describe('the verdict on the chosen model', () => {
  test('an interval above ½ and above the baseline is better than both', () => {
    const verdict = judgeModel(
      withTest({ rocAuc: interval(0.7, 0.6, 0.8), averagePrecision: interval(0.5, 0.3, 0.6) }),
    );
    expect(verdict).toMatchObject({ againstChance: 'better', againstBaseline: 'better' });
    expect(shortVerdict(verdict)).toBe('beats guessing and the baseline');
  });

  test('an interval that includes ½ is said not to be better than guessing', () => {
    const verdict = judgeModel(withTest({ rocAuc: interval(0.55, 0.49, 0.61) }));
    expect(verdict.againstChance).toBe('unclear');
    expect(chanceSentence(verdict)).toContain('includes ½');
    expect(shortVerdict(verdict)).toBe('not shown to beat guessing');
  });

  test('an interval that ends at ½ includes it', () => {
    expect(judgeModel(withTest({ rocAuc: interval(0.6, 0.5, 0.7) })).againstChance).toBe('unclear');
  });

  test('an interval below ½ warns against use', () => {
    const verdict = judgeModel(withTest({ rocAuc: interval(0.3, 0.2, 0.4) }));
    expect(chanceSentence(verdict)).toContain('do not act on these scores');
  });

  test("an interval that includes the baseline's value is said to", () => {
    const verdict = judgeModel(withTest({ averagePrecision: interval(0.2, 0.1, 0.3) }));
    expect(baselineSentence(verdict)).toContain("includes the baseline's value");
  });

  test('an interval below the baseline says that the baseline ranks better', () => {
    const verdict = judgeModel(withTest({ averagePrecision: interval(0.1, 0.05, 0.15) }));
    expect(baselineSentence(verdict)).toContain('the baseline ranks better');
  });

  test('missing numbers claim nothing', () => {
    const verdict = judgeModel(
      withTest({ rocAuc: interval(Number.NaN, Number.NaN, Number.NaN), averagePrecision: undefined }),
    );
    expect(verdict).toMatchObject({ againstChance: 'unknown', againstBaseline: 'unknown' });
    expect(chanceSentence(verdict)).toContain('could not measure');
    expect(baselineSentence(verdict)).toContain('could not measure');
  });

  test('a chosen baseline and an absent one are named', () => {
    expect(judgeModel({ ...learnt, chosen: 'baseline' }).againstBaseline).toBe('is the baseline');
    const alone = { ...learnt, models: learnt.models.filter(({ name }) => name !== 'baseline') };
    expect(judgeModel(alone).againstBaseline).toBe('no baseline');
  });

  test('a chosen name that no model has is an error', () => {
    expect(() => judgeModel({ ...learnt, chosen: 'oracle' })).toThrow(/"oracle"/);
  });
});

describe('what a chart is titled with', () => {
  test('the input accounts for every line or says how many it does not', () => {
    const { input } = sampleReport();
    expect(unaccounted(input)).toBe(0);
    expect(unaccounted({ ...input, blank: 0 })).toBe(1);
    expect(inputFinding({ ...input, lines: 0 })).toBe('The log holds no lines');
  });

  test('a group is named only when its interval leaves out the overall share', () => {
    const rows = [
      { value: 'free', users: 82, lost: 29, share: interval(0.354, 0.26, 0.46) },
      { value: 'paid', users: 143, lost: 23, share: interval(0.161, 0.11, 0.24) },
    ];
    expect(groupFinding({ attribute: 'plan', rows }, 0.231)).toBe(
      'By plan: 35.4% of “free” are lost (26%–46%), above the 23.1% of all',
    );
    expect(groupFinding({ attribute: 'plan', rows: [rows[1]] }, 0.231)).toContain(
      'no share lost differs clearly',
    );
    expect(groupFinding({ attribute: 'plan', rows: [] }, 0.231)).toContain('no share lost differs clearly');
  });

  test('a measure without users of one outcome is not compared', () => {
    const [measures] = byMeasure(sampleReport().behaviour);
    expect(behaviourFinding(measures)).toBe(
      'Songs played: median 480 of those lost, 848 of those who stayed',
    );
    expect(behaviourFinding([measures[0]])).toContain('no users to compare');
  });

  test('the survival curve is read at its last known day', () => {
    const unknown = { day: 9, atRisk: 0, lost: 0, staying: interval(Number.NaN, Number.NaN, Number.NaN) };
    const known = { day: 1, atRisk: 10, lost: 1, staying: interval(0.9, 0.7, 0.97) };
    expect(survivalFinding([known, unknown])).toBe('After 1 day, 90% are still here (70%–97%)');
    expect(survivalFinding([])).toContain('too short');
  });

  test('gains are read between the points of the curve', () => {
    const model = {
      ...learnt.models[0],
      gains: [
        { share: 0.1, captured: 0.3 },
        { share: 0.3, captured: 0.5 },
      ],
    };
    expect(gainsFinding(model)).toBe('The 20% with the highest scores hold 40% of the leavers');
    expect(gainsFinding({ ...model, gains: [{ share: 0.1, captured: 0.3 }] })).toContain(
      'could not be measured',
    );
  });

  test('precision is the best that still catches half', () => {
    const precisionRecall = [
      { recall: 0.4, precision: 0.9 },
      { recall: 0.5, precision: 0.4 },
      { recall: 0.7, precision: 0.5 },
    ];
    expect(precisionRecallFinding({ ...learnt.models[0], precisionRecall })).toContain(
      '50% of those flagged',
    );
  });

  test('calibration counts the bins whose interval holds the prediction', () => {
    const calibration = [
      { predicted: 0.1, observed: interval(0.1, 0.05, 0.2), examples: 9 },
      { predicted: 0.3, observed: interval(0.1, 0.05, 0.2), examples: 9 },
    ];
    expect(calibrationFinding({ ...learnt.models[0], calibration })).toContain('In 1 of 2 bins');
  });

  test('the confusion matrix is told from both sides', () => {
    expect(confusionFinding(learnt.confusion)).toBe(
      'of 43 flagged, 16 left; of 27 who left, 16 were flagged',
    );
  });

  test('importances that include zero are not called clear', () => {
    const features = learnt.features.map((feature) => ({ ...feature, importance: interval(0.1, 0, 0.2) }));
    expect(importanceFinding(features)).toContain('None of 22 features');
    expect(importanceFinding([])).toContain('no features');
  });
});

describe('the users at risk', () => {
  test('a probability at the threshold is flagged, a missing one is not', () => {
    const { flagged, users, expectedLosses } = countAtRisk(Float64Array.of(0.5, 0.3, Number.NaN, 0.1), 0.3);
    expect([flagged, users]).toEqual([2, 4]);
    expect(expectedLosses).toBeCloseTo(0.9, 12);
  });
});

function learningOf(): ReportLearning {
  const { learning } = sampleReport();
  if (!learning) throw new Error('the sample has learnt');
  return learning;
}

function interval(value: number, low: number, high: number): ReportInterval {
  return { value, low, high };
}

/** The sample with other test numbers of the chosen model; the baseline's average precision is 0.19. */
function withTest(test: Record<string, ReportInterval | undefined>): ReportLearning {
  const models = learnt.models.map((model) => {
    if (model.name !== learnt.chosen) return model;
    const entries = Object.entries({ ...model.test, ...test });
    const present = entries.filter((entry): entry is [string, ReportInterval] => entry[1] !== undefined);
    return { ...model, test: Object.fromEntries(present) };
  });
  return { ...learnt, models };
}

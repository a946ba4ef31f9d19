import { type ModelPair, verdict } from '../../evaluation/compare-models.ts';
import type { Interval } from '../../evaluation/intervals.ts';
import type { Learned } from '../../pipeline/learn.ts';
import { alignedTable } from './write.ts';

/** The learners of a run side by side, and in words how they were chosen, calibrated and told apart. */
export function comparison(learned: Learned): string {
  const { judged, chosen, plan, selection } = learned;
  const table = alignedTable(
    judged.map(({ name, calibration, test: { intervals } }) => ({
      model: name === chosen.name ? `${name} *` : name,
      'ROC AUC (95 %)': inWords(intervals.rocAuc),
      'avg. precision': inWords(intervals.averagePrecision),
      'F1 of churners': rounded(intervals.f1.value),
      calibrated: calibration.name === 'none' ? '–' : calibration.name,
    })),
  );
  const words = [
    `* chosen among the learners by log loss on validation rows: ${selection.words}`,
    toldApart(learned),
  ];
  if (judged[0].validationLogLoss <= chosen.validationLogLoss) {
    words.push('The baseline does better there: on this log no learner is shown to be worth its upkeep.');
  }
  if (plan.validationRows === plan.testRows) {
    words.push('Retrospective: these numbers are leaky and say nothing about the future.');
  }
  return `${table}\n${words.join('\n')}\n`;
}

/** Who is better by ROC AUC, where limits that hold for all pairs together say so. */
function toldApart({ judged, pairs }: Pick<Learned, 'judged' | 'pairs'>): string {
  const [more, less] = (['better', 'worse'] as const).map((wanted) =>
    pairs.filter((pair) => verdict(pair, 'rocAuc') === wanted),
  );
  const nameOf = (place: number) => judged[place].name;
  const found = [
    ...more.map(({ model, against }: ModelPair) => `${nameOf(model)} than ${nameOf(against)}`),
    ...less.map(({ model, against }: ModelPair) => `${nameOf(against)} than ${nameOf(model)}`),
  ];
  const all = pairs.length === 1 ? '' : `, all ${pairs.length} pairs taken together`;
  return found.length === 0
    ? `By ROC AUC on the test no model is shown to be better than another${all}.`
    : `Better by ROC AUC on the test${all}: ${found.join(', ')}.`;
}

function inWords({ value, low, high }: Interval): string {
  return `${rounded(value)} [${rounded(low)}, ${rounded(high)}]`;
}

function rounded(value: number): string {
  return Number.isNaN(value) ? '–' : value.toFixed(3);
}

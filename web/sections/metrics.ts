import type { ReportModel } from '../../src/report/report-data.ts';

export interface Metric {
  readonly name: string;
  readonly title: string;
  readonly meaning: string;
}

/** The metrics in the order they are shown. */
const known: readonly Metric[] = [
  {
    name: 'averagePrecision',
    title: 'Average precision',
    meaning: 'Mean precision over all thresholds; guessing reaches the share of leavers.',
  },
  {
    name: 'rocAuc',
    title: 'ROC AUC',
    meaning: 'How often a leaver is scored above a stayer; guessing reaches ½.',
  },
  {
    name: 'topDecileLift',
    title: 'Top-decile lift',
    meaning: 'Leavers in the tenth with the highest scores, as a multiple of their share among all.',
  },
  { name: 'f1', title: 'F1 of leavers', meaning: 'Harmonic mean of precision and recall at the threshold.' },
  { name: 'precision', title: 'Precision', meaning: 'Share of the flagged that left.' },
  { name: 'recall', title: 'Recall', meaning: 'Share of the leavers that were flagged.' },
  { name: 'brier', title: 'Brier score', meaning: 'Mean squared error of the probability. Lower is better.' },
  {
    name: 'logLoss',
    title: 'Log loss',
    meaning: 'Surprise at the outcome given the probability. Lower is better.',
  },
  {
    name: 'accuracy',
    title: 'Accuracy',
    meaning: 'Share answered rightly; answering “stays” for everyone already scores high.',
  },
  {
    name: 'weightedF1',
    title: 'Weighted F1',
    meaning: 'As in older projects on this log; answering “stays” for everyone already scores high.',
  },
];

/** The known metrics that any of the models has, then those this page knows nothing of. */
export function metricsOf(models: readonly ReportModel[]): Metric[] {
  return metricsAmong(models.flatMap(({ test }) => Object.keys(test)));
}

export function metricTitle(name: string): string {
  return known.find((metric) => metric.name === name)?.title ?? name;
}

/** The metrics of these names, each once: known ones in their order, then the others. */
export function metricsAmong(names: readonly string[]): Metric[] {
  const present = new Set(names);
  const others = [...present].filter((name) => !known.some((metric) => metric.name === name));
  return [
    ...known.filter(({ name }) => present.has(name)),
    ...others.map((name) => ({ name, title: name, meaning: 'No description.' })),
  ];
}

const header = [
  'log',
  'learner',
  'F1',
  'weighted F1',
  'accuracy',
  'ROC AUC (95 %)',
  'F1',
  'weighted F1',
  'accuracy',
  'ROC AUC (95 %)',
];

/** A row a log and learner: first the whole history, then the forecast. Bold is the learner that a run chose. */
export function resultsTable(logs) {
  const rows = logs.flatMap(({ users, retrospective, forecast }) =>
    retrospective.models.map((leaky, i) => [
      i === 0 ? `${users.toLocaleString('en-US')} users, ${retrospective.lost} lost` : '',
      leaky.name,
      ...cells(leaky),
      ...cells(forecast.models.find(({ name }) => name === leaky.name)),
    ]),
  );
  return [
    '| | | whole history | | | | forecast | | | |',
    '|---|---|--:|--:|--:|--:|--:|--:|--:|--:|',
    ...[header.map((name) => `*${name}*`), ...rows].map((row) => `| ${row.join(' | ')} |`),
  ].join('\n');
}

function cells({ chosen, test: { f1, weightedF1, accuracy, rocAuc } }) {
  const auc = `${three(rocAuc.value)} [${three(rocAuc.low)}, ${three(rocAuc.high)}]`;
  return [f1, weightedF1, accuracy].map(({ value }) => three(value)).concat(chosen ? `**${auc}**` : auc);
}

function three(value) {
  return value === null || Number.isNaN(value) ? '–' : value.toFixed(3).replace(/^0/, '');
}

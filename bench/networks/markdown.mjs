import { conditions } from '../conditions.mjs';
import { ratio, seconds, table, whole } from '../numbers.mjs';

/** What the bench found, as Markdown. */
export function inMarkdown(result) {
  const logs = result.logs.map(({ log }) => log);
  const parts = [conditions({ ...result, logs }), ...result.logs.map(logTable)];
  return [...parts, ...(result.fits === undefined ? [] : [fitsTable(result)])].join('\n\n');
}

function logTable({ log, learners }) {
  const header = [
    '',
    ':ROC AUC',
    ':less boosting’s',
    ':average precision',
    ':less boosting’s',
    ':log loss',
    ':less boosting’s',
    ':fit s',
  ];
  const rows = learners.map(({ name, metrics, difference, fitSeconds }) => [
    name,
    ...['rocAuc', 'averagePrecision', 'logLoss'].flatMap((metric) => [
      metrics[metric].value.toFixed(3),
      difference === undefined ? '' : signed(difference[metric]),
    ]),
    seconds(fitSeconds),
  ]);
  return `**${whole(log.users)} users, simulated**\n\n${table(header, rows)}`;
}

/** A difference with its interval, in bold where that leaves out 0. */
function signed({ value, low, high }) {
  const text = `${plus(value)} [${plus(low)}, ${plus(high)}]`;
  return low > 0 || high < 0 ? `**${text}**` : text;
}

function plus(value) {
  return `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(3)}`;
}

function fitsTable({ fits }) {
  const { refrain, scikitLearn } = fits;
  const [wall, cpu] = ['wall', 'cpu'].map((kind) =>
    [refrain, scikitLearn].map((rounds) => median(rounds.map((round) => round[kind]))),
  );
  const row = (name, k, [{ parameters, rows }]) => [
    ...[name, whole(rows), whole(parameters), seconds(wall[k]), seconds(cpu[k])],
    ...[ratio(wall[k], wall[1]), ratio(cpu[k], cpu[1])],
  ];
  return table(
    [
      'one fit, one thread, 20 epochs of 128 rows',
      ':rows',
      ':parameters',
      ':wall s',
      ':CPU s',
      ':× wall',
      ':× CPU',
    ],
    [row('Refrain', 0, refrain), row('scikit-learn', 1, scikitLearn)],
  );
}

function median(values) {
  const rising = values.toSorted((a, b) => a - b);
  const middle = rising.length >> 1;
  return rising.length % 2 === 1 ? rising[middle] : (rising[middle - 1] + rising[middle]) / 2;
}

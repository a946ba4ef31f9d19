import {
  code,
  FEW,
  importanceSection,
  inWords,
  modelRows,
  originRows,
  short,
  whole,
} from '../card-markdown.ts';
import type { TableCard } from './table-card.ts';

/** The card as a page of Markdown. */
export function tableCardMarkdown(card: TableCard): string {
  const { model, prediction, data, evaluation } = card;
  return `# Model card: ${model.title}

Gives the probability that ${code(prediction.label)} is ${code(prediction.positive)} and not ${code(prediction.negative)}, for a row of a table like the one that it learned from.

| | |
|---|---|
${modelRows(model, 'among the learners of the fit by log loss in cross-validation, or the only one')}
| table | ${whole(data.rows)} rows of ${whole(data.groups)} groups, ${whole(data.positive)} positive; ${whole(data.columns)} columns to learn from${data.weight === undefined ? '' : `, rows weighted by ${code(data.weight)}`} |
| SHA-256 of the table | \`${data.sha256}\` |
| preparation | ${preparationText(data.preparation)} |
| calibration | ${calibrationText(card)} |
| threshold | ${short(prediction.threshold)} |
${originRows(model)}

## How well it does

${judgedOn(card)}

| metric | model (95 % interval) |
|---|---:|
${evaluation.metrics.map(({ metric, ...interval }) => `| ${metric} | ${inWords(interval)} |`).join('\n')}

Who knows nothing of a row has a ROC AUC of 0.5, an average precision of ${short(evaluation.positive / evaluation.rows)} and a log loss of ${short(evaluation.logLossOfBaseRate)}. Log loss and Brier score are better when smaller.

${importanceSection(card.importance, 'judged rows')}

## What it is for, and what not

- For: ranking rows that come about as those of the table did, with the intervals above.
- Not for: decisions about a person that nobody looks at; telling what would change an outcome, which takes an experiment.
- Whether the columns were known before the outcome, and whether groups are treated alike, only whoever made the table can tell: see \`refrain audit --examples\`.
- It is as old as its table: judge it again on newer rows before relying on it.${limits(card)}${card.notes.map((note) => `\n- ${oneLine(note)}`).join('')}
`;
}

function judgedOn({ evaluation: { by, rows, positive, groups } }: TableCard): string {
  const counts = `${whole(rows)} rows of ${whole(groups)} groups, ${whole(positive)} of them positive`;
  return by === 'test'
    ? `Judged on the test table: ${counts}.`
    : `Judged by cross-validation: ${counts}, each predicted by a model that never saw its group. The model that is delivered learned from all.`;
}

function limits({ evaluation: { rows, positive } }: TableCard): string {
  const rarer = Math.min(positive, rows - positive);
  return rarer >= FEW
    ? ''
    : `\n- It was judged by ${rarer} rows of the rarer outcome alone: the intervals are wide, and no ranking of models by them is safe.`;
}

function calibrationText({ model: { calibration } }: TableCard): string {
  return calibration === 'none'
    ? 'none: the learner’s own probabilities'
    : `${calibration}, fitted on out-of-fold predictions`;
}

function preparationText(preparation: TableCard['data']['preparation']): string {
  return Object.entries(preparation)
    .map(([name, value]) => `${name} ${String(value)}`)
    .join(', ');
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ');
}

import {
  code,
  FEW,
  importanceSection,
  inWords,
  modelRows,
  originRows,
  short,
  whole,
} from './card-markdown.ts';
import type { ModelCard } from './model-card.ts';

/** The card as a page of Markdown. */
export function modelCardMarkdown(card: ModelCard): string {
  const { model, prediction, data } = card;
  return `# Model card: ${model.title}

${data.note === undefined ? '' : `> ${data.note}\n\n`}${forecast(card)}

| | |
|---|---|
${modelRows(model, 'among the learners of the run by log loss on validation rows')}
| log | ${data.definition}, ${data.firstDay} to ${data.lastDay}: ${whole(data.events)} events, ${whole(data.users)} users, ${whole(data.usersLost)} lost |
| loss | ${prediction.loss.map(code).join(', ')} |
| calibration | ${calibrationText(card)} |
| threshold | ${short(prediction.threshold)}: best F1 on validation rows |
${originRows(model)}

## How well it does

${judgedOn(card)}

| metric | model (95 % interval) | over the baseline |
|---|---:|---:|
${card.evaluation.map(({ metric, model, overBaseline }) => `| ${metric} | ${inWords(model)} | ${inWords(overBaseline)} |`).join('\n')}

The baseline knows the days since the last event alone. Log loss and Brier score are better when smaller.

${importanceSection(card.importance, 'test rows')}

## What it is for, and what not

- For: ranking the users of this service by risk, so that people can look at the likeliest first; reports with the intervals above.
- Not for: decisions about a person that nobody looks at; another service or another definition of loss, which need a model of their own; telling what would keep a user, which takes an experiment.
- It uses no name and no raw user agent. Whether it does equally well for groups of users must be looked at in the report.
- It is as old as its log: behaviour drifts. Judge it again on newer days before relying on it.${limits(card)}
`;
}

function forecast({ prediction: { protocol, leadDays, horizonDays } }: ModelCard): string {
  return protocol === 'forecast'
    ? `Gives the probability that a user is lost in the ${horizonDays} days that begin ${leadDays} ${leadDays === 1 ? 'day' : 'days'} after the day of the score, from events before that day.`
    : '**Retrospective, and therefore leaky:** tells who looks like those who had left by the end of the log. Its numbers say nothing about the future.';
}

function judgedOn({ data, prediction }: ModelCard): string {
  if (prediction.protocol === 'retrospective')
    return 'Cross-validated over users; the rows that it was chosen by are those that it is judged by.';
  const test = data.cutoffs.filter(({ role }) => role === 'test');
  const examples = test.reduce((sum, one) => sum + one.examples, 0);
  const lost = test.reduce((sum, one) => sum + one.lost, 0);
  return `Judged on ${whole(examples)} examples at ${test.map(({ day }) => day).join(', ')}, ${whole(lost)} of them lost, each predicted by a model that never saw the user and saw no outcome later than the first of these days.`;
}

function limits({ data: { cutoffs } }: ModelCard): string {
  const lost = cutoffs.filter(({ role }) => role === 'test').reduce((sum, one) => sum + one.lost, 0);
  return lost >= FEW
    ? ''
    : `\n- It was judged by ${lost} losses alone: the intervals are wide, and no ranking of models by them is safe.`;
}

function calibrationText({ model: { calibration } }: ModelCard): string {
  return calibration === 'none'
    ? 'none: as far as the validation rows tell, the learner’s own probabilities are as good'
    : `${calibration}, chosen and fitted on out-of-fold predictions at training cutoffs`;
}

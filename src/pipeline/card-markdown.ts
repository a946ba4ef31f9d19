import type { Interval } from '../evaluation/intervals.ts';
import type { CardImportance, CardModel } from './card-parts.ts';

/** The rows of a card's table that every model has: its learner, its settings, and how they came about. */
export function modelRows(model: CardModel, chosen: string): string {
  const tried = model.trials > 0 ? `; its settings among ${model.trials} trials` : '';
  return `| learner | ${model.learner} (${model.kind}), ${model.features} features |
| settings | ${settingsText(model)} |
| chosen | ${chosen}${tried} |`;
}

/** The rows that tell who made it. */
export function originRows({ refrain, seed, sha256 }: CardModel): string {
  return `| made by | Refrain ${refrain}, seed ${seed} |
| SHA-256 of model.json | \`${sha256}\` |`;
}

/** The section on what the model looks at. @param rows on which features are permuted. */
export function importanceSection(importance: readonly CardImportance[], rows: string): string {
  return `## What it looks at

${importance.map(({ feature, ...fall }) => `- ${code(feature)}: ${inWords(fall)}`).join('\n')}

The fall in average precision on ${rows} when the feature is permuted. It is an association that the model learned, not a cause.`;
}

function settingsText({ settings, members }: CardModel): string {
  if (members.length > 0)
    return members.map(({ learner, weight }) => `${short(weight)} × ${learner}`).join(' + ');
  return Object.entries(settings)
    .map(([name, value]) => `${name} ${typeof value === 'object' ? JSON.stringify(value) : String(value)}`)
    .join(', ');
}

/** A number with its limits. */
export function inWords({ value, low, high }: Interval): string {
  return `${short(value)} [${short(low)}, ${short(high)}]`;
}

/** To four digits; a dash where it is undefined. */
export function short(value: number): string {
  return Number.isNaN(value) ? '–' : value.toFixed(4);
}

/** A count. */
export function whole(value: number): string {
  return value.toLocaleString('en-US');
}

/** As code, with nothing in it that Markdown or a table would take for its own. */
export function code(text: string): string {
  return `\`${text.replaceAll('`', '´').replaceAll('|', '¦').replaceAll(/\s+/g, ' ')}\``;
}

/** Fewer of the rarer outcome than this leave an interval of ROC AUC about .1 wide to either side (Hanley and McNeil 1982). */
export const FEW = 30;

import type { ExampleRows } from '../features/examples.ts';
import type { Finding } from './finding.ts';
import { type LinearIdentity, linearIdentities } from './linear-identities.ts';
import { countOutcomes, isTelling } from './outcomes.ts';
import { type RankingAlone, rankingsAlone } from './ranking-alone.ts';
import { sampleRows } from './sample-rows.ts';

/** From this ROC AUC up, a column by itself is the outcome in another word. */
const SAME_AS_LABEL = 0.99;

/** Rows that columns are ranked by; more do not change what an AUC of .99 is. */
const RANKED_ROWS = 10_000;

/** Columns that say the outcome: alone (ROC AUC of .99 or more), by having a value at all, or as a weighted sum of up to three. */
export function findIdentities(rows: ExampleRows): Finding[] {
  if (!isTelling(countOutcomes(rows.labels))) return [];
  const sample = sampleRows(rows, RANKED_ROWS);
  const alone = rankingsAlone(sample.matrix, sample.labels).filter(({ auc }) => auc >= SAME_AS_LABEL);
  const named = new Set(alone.map(({ feature }) => feature));
  return [...alone.map(ofOne), ...linearIdentities(rows, named).map(ofSeveral)];
}

function ofOne({ feature, auc, by }: RankingAlone): Finding {
  return {
    check: 'identity',
    severity: 'leak',
    feature,
    evidence: { rocAuc: auc },
    words:
      by === 'value'
        ? `${feature} alone ranks the lost before the others (ROC AUC ${auc.toFixed(3)}): it says the outcome in another word.`
        : `Whether ${feature} has a value tells who is lost (ROC AUC ${auc.toFixed(3)}): it is written when the loss happens.`,
  };
}

function ofSeveral({ features, coefficients, intercept, largestError }: LinearIdentity): Finding {
  const terms = features.map((feature, k) => `${signed(coefficients[k], k === 0)}${feature}`);
  const constant = Math.abs(intercept) < 1e-6 ? '' : ` ${signed(intercept, false, true)}`;
  return {
    check: 'identity',
    severity: 'leak',
    feature: features.join(' + '),
    evidence: { columns: features.length, largestError },
    words: `The outcome equals ${terms.join(' ')}${constant} in every row: one of these columns counts the loss itself.`,
  };
}

/** A coefficient as it is read in a sum: "− 2 ", "+ ", or a plain constant. */
function signed(value: number, isFirst: boolean, isConstant = false): string {
  const size = Number(Math.abs(value).toPrecision(4));
  const sign = value < 0 ? '− ' : isFirst ? '' : '+ ';
  if (isConstant) return `${sign}${size}`;
  return size === 1 ? sign : `${sign}${size} × `;
}

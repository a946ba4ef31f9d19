import { createRandom, hash32 } from '../../random.ts';
import { logOddsOfLogisticRegression } from '../logistic-regression/model.ts';
import { type Examples, selectRows } from '../matrix.ts';
import { selectExamples } from '../select-examples.ts';
import type { Hyperplane } from './hyperplane.ts';

const FOLDS = 3;

/**
 * For each row the score of a hyperplane that was fitted without the row's group. Groups are dealt into three folds in a
 * random order, first those with a row labelled 1. A fold whose training rows lack an outcome has NaN.
 */
export function outOfFoldScores(
  examples: Examples,
  fitOn: (training: Examples) => Hyperplane,
  seed: number,
): Float64Array {
  const { matrix, labels } = examples;
  const foldOfRow = dealGroups(examples, seed);
  const scores = new Float64Array(labels.length).fill(Number.NaN);
  const rows = Int32Array.from(labels.keys());
  for (let fold = 0; fold < FOLDS; fold++) {
    const training = selectExamples(
      examples,
      rows.filter((row) => foldOfRow[row] !== fold),
    );
    if (!training.labels.includes(0) || !training.labels.includes(1)) continue;
    const own = rows.filter((row) => foldOfRow[row] === fold);
    const hyperplane = { kind: 'logistic-regression', features: matrix.names, ...fitOn(training) } as const;
    logOddsOfLogisticRegression(hyperplane, selectRows(matrix, own)).forEach((score, i) => {
      scores[own[i]] = score;
    });
  }
  return scores;
}

function dealGroups({ labels, groups }: Examples, seed: number): Int32Array {
  const lost = new Set(groups.filter((_, row) => labels[row] === 1));
  const order = Int32Array.from(new Set(groups)).sort();
  createRandom(hash32('folds of Platt scaling', seed)).shuffle(order);
  const dealt = [...order.filter((group) => lost.has(group)), ...order.filter((group) => !lost.has(group))];
  const foldOf = new Map(dealt.map((group, k) => [group, k % FOLDS]));
  return groups.map((group) => foldOf.get(group) ?? 0);
}

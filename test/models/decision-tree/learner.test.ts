import { expect, test } from 'vitest';
import { UsageError } from '../../../src/errors.ts';
import { decisionTree } from '../../../src/models/decision-tree/learner.ts';
import { predict } from '../../../src/models/model.ts';
import reference from '../../fixtures/reference/linear-models.json' with { type: 'json' };
import { distance, referenceExamples } from '../linear-reference.ts';
import { fromJson } from '../synthetic.ts';

const columns = fromJson(reference.tree.columns);
const examples = { ...referenceExamples, matrix: { rows: 120, names: ['a', 'b', 'c'], columns } };

test('the tree is that of scikit-learn where each value has a bin of its own', () => {
  const model = decisionTree.fit(examples, { maxDepth: 3, minSamplesLeaf: 8 }, 1);
  expect(model.trees).toHaveLength(1);
  expect(distance(predict(model, examples.matrix), reference.tree.probabilities)).toBeLessThan(1e-12);
});

test('the seed does not matter, and settings out of range are refused', () => {
  const { defaults, fit: learn } = decisionTree;
  expect(learn(examples, defaults, 1)).toEqual(learn(examples, defaults, 2));
  expect(() => learn(examples, { ...defaults, maxDepth: 0 }, 1)).toThrow(UsageError);
});

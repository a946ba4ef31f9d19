import { z } from 'zod';
import { InputError } from '../errors.ts';
import { calibratorSchema } from './calibration/schema.ts';
import type { Model } from './model.ts';
import { preparationSchema } from './preparation/schema.ts';
import { temporalConvolutionSchema as temporalConvolutionSettings } from './temporal-convolution/settings.ts';
import type { TreeInputs } from './tree/inputs.ts';
import { treeProblem } from './tree/tree.ts';

/**
 * A model from parsed JSON. Every size, index and number is checked, so that a model which is taken can be
 * predicted with and explained: no loop, no place outside the arrays, no number that is not finite.
 * @throws InputError that names what is wrong and where.
 */
export function parseModel(json: unknown): Model {
  const result = modelSchema.safeParse(json);
  if (result.success) return result.data;
  throw new InputError(`This is not a model of Refrain's: ${z.prettifyError(result.error)}`);
}

/** The model as JSON; equal models give equal text. @throws InputError when it is not a model. */
export function stringifyModel(model: Model): string {
  return JSON.stringify(parseModel(model));
}

const MAX_NAME = 1000;

/**
 * Checked by a loop, since a forest holds millions of numbers, and one that sees the holes of a sparse array.
 */
const numbers = z.custom<readonly number[]>((value) => {
  if (!Array.isArray(value)) return false;
  for (let i = 0; i < value.length; i++) if (!Number.isFinite(value[i])) return false;
  return true;
}, 'expected an array of finite numbers');

const features = z
  .array(z.string().min(1).max(MAX_NAME))
  .refine((names) => new Set(names).size === names.length, 'a feature stands twice');

const standardised = { feature: z.int().min(0), mean: z.number(), sd: z.number().positive() };
const term = z.discriminatedUnion('part', [
  z.strictObject({ part: z.literal('value'), median: z.number(), ...standardised }),
  z.strictObject({ part: z.literal('missing'), ...standardised }),
]);

const logisticRegressionSchema = z
  .strictObject({
    kind: z.literal('logistic-regression'),
    features,
    terms: z.array(term),
    coefficients: numbers,
    intercept: z.number(),
  })
  .superRefine(checkTerms)
  .superRefine(({ terms, coefficients }, context) => {
    if (terms.length !== coefficients.length) {
      context.addIssue(`${coefficients.length} coefficients for ${terms.length} terms`);
    }
  });

const tree = z.strictObject({
  feature: numbers,
  threshold: numbers,
  missing: numbers,
  right: numbers,
  sets: z.array(numbers.nullable()).optional(),
  value: numbers,
  cover: numbers,
});

const levels = z
  .array(z.array(z.string().max(MAX_NAME)).nullable())
  .refine(
    (lists) => lists.every((list) => new Set(list).size === (list ?? []).length),
    'a level stands twice',
  )
  .optional();

const randomForestSchema = z
  .strictObject({ kind: z.literal('random-forest'), features, levels, trees: z.array(tree).min(1) })
  .superRefine(checkTrees)
  .superRefine(({ trees }, context) => {
    const isShare = (value: number) => value >= 0 && value <= 1;
    const bad = trees.findIndex(({ value }) => !value.every(isShare));
    if (bad >= 0) context.addIssue(`tree ${bad} of the forest predicts what is not a probability`);
  });

const gradientBoostingSchema = z
  .strictObject({
    kind: z.literal('gradient-boosting'),
    features,
    levels,
    base: z.number(),
    trees: z.array(tree),
  })
  .superRefine(checkTrees);

const embedding = z.strictObject({
  feature: z.int().min(0),
  vectors: z.array(numbers).min(1),
});

const layer = z.strictObject({ weights: z.array(numbers).min(1), biases: numbers });

const multilayerPerceptronSchema = z
  .strictObject({
    kind: z.literal('multilayer-perceptron'),
    features,
    levels,
    terms: z.array(term),
    clip: z.enum(['none', 'smooth']).default('none'),
    embeddings: z.array(embedding).default([]),
    activation: z.enum(['logistic', 'silu']).default('logistic'),
    layers: z.array(layer).min(1),
  })
  .superRefine(checkTerms)
  .superRefine(({ features, levels, embeddings }, context) => {
    const problem = embeddingsProblem(embeddings, features, levels ?? []);
    if (problem) context.addIssue(problem);
  })
  .superRefine(({ terms, embeddings, layers }, context) => {
    const embedded = embeddings.reduce((sum, { vectors }) => sum + vectors[0].length, 0);
    const problem = layersProblem(layers, terms.length + embedded);
    if (problem) context.addIssue(problem);
  });

const temporalConvolutionSchema = z
  .strictObject({
    kind: z.literal('temporal-convolution'),
    features: z.array(z.string()).length(0),
    days: temporalConvolutionSettings.shape.days,
    channels: z.array(
      z.strictObject({ name: z.string().min(1).max(MAX_NAME), mean: z.number(), sd: z.number().positive() }),
    ),
    layers: z.array(layer),
  })
  .superRefine(({ days, channels, layers }, context) => {
    const problem = convolutionProblem(layers, days, channels.length + 1);
    if (problem) context.addIssue(problem);
  });

const normals = z.strictObject({
  means: z.tuple([z.number(), z.number()]),
  variances: z.tuple([z.number().positive(), z.number().positive()]),
});

const naiveBayesSchema = z
  .strictObject({
    kind: z.literal('naive-bayes'),
    features,
    prior: z.number(),
    normals: z.array(normals.nullable()),
  })
  .superRefine(({ features, normals }, context) => {
    if (normals.length !== features.length) {
      context.addIssue(`${normals.length} pairs of normals for ${features.length} features`);
    }
  });

const plain = [
  logisticRegressionSchema,
  randomForestSchema,
  gradientBoostingSchema,
  multilayerPerceptronSchema,
  temporalConvolutionSchema,
  naiveBayesSchema,
] as const;

const preparedSchema = z
  .strictObject({
    kind: z.literal('prepared'),
    features,
    preparation: preparationSchema,
    model: z.discriminatedUnion('kind', plain),
  })
  .superRefine(({ features, preparation, model }, context) => {
    const { inputs, columns } = preparation;
    if (inputs.length !== features.length || inputs.some(({ name }, k) => name !== features[k])) {
      context.addIssue('the features are not the inputs of the preparation');
    }
    const known = new Set(columns.map(({ name }) => name));
    const astray = model.features.find((name) => !known.has(name));
    if (astray !== undefined) context.addIssue(`the model needs "${astray}", which is not prepared`);
  });

const members = [...plain, preparedSchema] as const;

const stackSchema = z
  .strictObject({
    kind: z.literal('stack'),
    features,
    members: z.array(z.discriminatedUnion('kind', members)).min(1),
    coefficients: numbers,
    intercept: z.number(),
  })
  .superRefine(({ features, members, coefficients }, context) => {
    if (members.length !== coefficients.length) {
      context.addIssue(`${coefficients.length} coefficients for ${members.length} members`);
    }
    const known = new Set(features);
    const astray = members.flatMap((member) => member.features).find((name) => !known.has(name));
    if (astray !== undefined) context.addIssue(`a member needs the feature "${astray}", which is not listed`);
  });

const uncalibrated = [...members, stackSchema] as const;

const calibratedSchema = z
  .strictObject({
    kind: z.literal('calibrated'),
    features,
    model: z.discriminatedUnion('kind', uncalibrated),
    calibrator: calibratorSchema,
  })
  .superRefine(({ features, model }, context) => {
    const own = model.features;
    if (own.length !== features.length || own.some((name, k) => name !== features[k])) {
      context.addIssue('the features are not those of the model within');
    }
  });

const modelSchema = z.discriminatedUnion('kind', [...uncalibrated, calibratedSchema]);

/** Why layers are no network over `inputs` inputs with one output, or undefined when they are. */
function layersProblem(layers: readonly z.infer<typeof layer>[], inputs: number): string | undefined {
  let width = inputs;
  for (const [k, { weights, biases }] of layers.entries()) {
    if (biases.length !== weights.length) {
      return `layer ${k} has ${biases.length} biases for ${weights.length} units`;
    }
    const unit = weights.findIndex(({ length }) => length !== width);
    if (unit >= 0)
      return `unit ${unit} of layer ${k} has ${weights[unit].length} weights for ${width} inputs`;
    width = weights.length;
  }
  return width === 1 ? undefined : `the last layer has ${width} units; expected 1`;
}

/** Why layers are no convolutions over so many days with `width` numbers each, or undefined when they are. */
function convolutionProblem(
  layers: readonly z.infer<typeof layer>[],
  days: number,
  width: number,
): string | undefined {
  const convolutions = 31 - Math.clz32(days);
  if (layers.length !== convolutions + 1) {
    return `${layers.length} layers for ${days} days; expected ${convolutions + 1}`;
  }
  let below = width;
  for (const [depth, { weights, biases }] of layers.entries()) {
    const inputs = depth < convolutions ? 2 * below : below;
    const unit = weights.findIndex(({ length }) => length !== inputs);
    if (unit >= 0)
      return `unit ${unit} of layer ${depth} has ${weights[unit].length} weights for ${inputs} inputs`;
    if (biases.length !== weights.length) {
      return `layer ${depth} has ${biases.length} biases for ${weights.length} units`;
    }
    below = weights.length;
  }
  return below === 1 ? undefined : `the last layer has ${below} units; expected 1`;
}

/** Why embeddings are none of these features, or undefined when they are. */
function embeddingsProblem(
  embeddings: readonly z.infer<typeof embedding>[],
  features: readonly string[],
  levels: readonly (readonly string[] | null)[],
): string | undefined {
  const categories = [...levels.keys()].filter((f) => levels[f] !== null);
  if (levels.length > 0 && levels.length !== features.length) {
    return `levels of ${levels.length} of ${features.length} features`;
  }
  if (embeddings.map(({ feature }) => feature).join() !== categories.join()) {
    return 'the embeddings are not of the categories, one each and in their order';
  }
  for (const { feature, vectors } of embeddings) {
    const count = (levels[feature] ?? []).length + 1;
    if (vectors.length !== count)
      return `feature ${feature} has ${vectors.length} vectors; expected ${count}`;
    if (vectors.some(({ length }) => length !== vectors[0].length)) {
      return `the vectors of feature ${feature} are not of one length`;
    }
  }
  return undefined;
}

function checkTerms(
  { features, terms }: { features: readonly string[]; terms: readonly z.infer<typeof term>[] },
  context: z.RefinementCtx,
): void {
  const astray = terms.find(({ feature }) => feature >= features.length);
  if (astray) context.addIssue(`a term is of feature ${astray.feature} of ${features.length}`);
}

function checkTrees(
  { features, levels, trees }: TreeInputs & { trees: readonly z.infer<typeof tree>[] },
  context: z.RefinementCtx,
): void {
  if (levels && levels.length !== features.length) {
    context.addIssue(`levels of ${levels.length} of ${features.length} features`);
  }
  const levelCounts = levels?.map((list) => list?.length ?? null);
  trees.forEach((tree, t) => {
    const problem = treeProblem(tree, features.length, levelCounts);
    if (problem) context.addIssue(`tree ${t}: ${problem}`);
  });
}

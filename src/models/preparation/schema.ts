import { z } from 'zod';
import type { Preparation, PreparedColumn } from './preparation.ts';

const name = z.string().min(1).max(1000);
const input = z.strictObject({ name, levels: z.array(z.string().max(1000)).optional() });

const spread = { center: z.number(), scale: z.number().positive() };
const scaling = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('none') }),
  z.strictObject({ kind: z.literal('linear'), ...spread }),
  z.strictObject({ kind: z.literal('log') }),
  z.strictObject({ kind: z.literal('yeo-johnson'), lambda: z.number(), ...spread }),
  z.strictObject({
    kind: z.literal('quantile'),
    landmarks: z
      .array(z.number())
      .min(2)
      .refine((values) => values.every((x, k) => k === 0 || values[k - 1] <= x), 'the landmarks fall'),
    normal: z.boolean(),
  }),
]);

const rate = z.number().min(0).max(1);
const place = { name, input: z.int().min(0) };
const column = z.discriminatedUnion('part', [
  z.strictObject({ ...place, part: z.literal('value'), fill: z.number().nullable(), scaling }),
  z.strictObject({ ...place, part: z.literal('missing') }),
  z.strictObject({ ...place, part: z.literal('level'), level: z.int().min(0) }),
  z.strictObject({ ...place, part: z.literal('rate'), rates: z.array(rate), missing: rate, overall: rate }),
  z.strictObject({ ...place, part: z.literal('code') }),
]);

const dropped = z.strictObject({
  name,
  reason: z.enum(['empty', 'constant', 'duplicate', 'identifier', 'correlated']),
  of: name.optional(),
});

/** A preparation from JSON, checked so that every row can be prepared. */
export const preparationSchema = z
  .strictObject({ inputs: z.array(input), columns: z.array(column), dropped: z.array(dropped) })
  .superRefine((preparation, context) => {
    for (const problem of problemsOf(preparation)) context.addIssue(problem);
  });

function problemsOf({ inputs, columns }: Omit<Preparation, 'dropped'>): string[] {
  return [
    ...repeated(inputs.map(({ name }) => name)).map((twice) => `the input "${twice}" stands twice`),
    ...inputs.flatMap(({ name, levels = [] }) =>
      repeated(levels).map((twice) => `the level "${twice}" of "${name}" stands twice`),
    ),
    ...columns.flatMap((column) => problemOf(column, inputs)),
  ];
}

function problemOf(column: PreparedColumn, inputs: Preparation['inputs']): string[] {
  const { name, part } = column;
  if (column.input >= inputs.length)
    return [`the column "${name}" is of input ${column.input} of ${inputs.length}`];
  const { levels } = inputs[column.input];
  if (part === 'missing') return [];
  if (part === 'value')
    return levels === undefined ? [] : [`the column "${name}" takes a category for a number`];
  if (levels === undefined) return [`the column "${name}" takes a number for a category`];
  if (part === 'level' && column.level >= levels.length) return [`the column "${name}" is of no level`];
  return part === 'rate' && column.rates.length !== levels.length
    ? [`the column "${name}" has ${column.rates.length} rates for ${levels.length} levels`]
    : [];
}

function repeated(texts: readonly string[]): string[] {
  const seen = new Set<string>();
  return texts.filter((text) => seen.size === seen.add(text).size);
}

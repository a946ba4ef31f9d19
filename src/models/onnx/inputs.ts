import { InputError } from '../../errors.ts';
import { withoutCalibration } from '../calibration/model.ts';
import type { MemberModel } from '../member.ts';
import type { Model } from '../model.ts';
import { doubleTensor, type Graph, textTensor, type Value } from './graph.ts';

/** What a graph takes: of each row the features that are numbers, and those that are categories. */
export interface OnnxInputs {
  /** Columns of the input `numbers`, NaN where missing. */
  readonly numbers: readonly string[];
  /** Columns of the input `categories`. */
  readonly categories: readonly string[];
  /** The text that stands for a missing category. */
  readonly missing: string;
}

export const NUMBERS: Value = 'numbers';
export const CATEGORIES: Value = 'categories';

/** @throws InputError where a member of a stack takes a feature for a number that another takes for a category. */
export function onnxInputs(model: Model): OnnxInputs {
  const within = withoutCalibration(model);
  const members = within.kind === 'stack' ? within.members : [within];
  const all = members.flatMap(levelsByFeature);
  const categories = new Set(all.flatMap(({ name, levels }) => (levels === null ? [] : [name])));
  const torn = all.find(({ name, levels }) => levels === null && categories.has(name));
  if (torn !== undefined) {
    throw new InputError(
      `One member of the stack takes "${torn.name}" for a number, another for a category.`,
    );
  }
  let missing = '';
  while (all.some(({ levels }) => levels?.includes(missing))) missing += '?';
  return {
    numbers: model.features.filter((name) => !categories.has(name)),
    categories: model.features.filter((name) => categories.has(name)),
    missing,
  };
}

/** The column of a feature that is a number, [rows, 1]. */
export function numberColumn(graph: Graph, { numbers }: OnnxInputs, name: string): Value {
  return graph.apply('Gather', [NUMBERS, graph.integers([numbers.indexOf(name)])], { axis: 1 });
}

/** The codes of a category's levels, [rows, 1]: NaN where it is missing, `unknown` for a text that is no level. */
export function codeColumn(
  graph: Graph,
  { categories, missing }: OnnxInputs,
  name: string,
  levels: readonly string[],
  unknown: number,
): Value {
  const texts = graph.apply('Gather', [CATEGORIES, graph.integers([categories.indexOf(name)])], { axis: 1 });
  return graph.apply(
    'LabelEncoder',
    [texts],
    {
      keys_tensor: textTensor([...levels, missing]),
      values_tensor: doubleTensor([...levels.keys(), Number.NaN]),
      default_tensor: doubleTensor([unknown]),
    },
    'ai.onnx.ml',
  );
}

/** Columns side by side, [rows, columns]. */
export function sideBySide(graph: Graph, columns: readonly Value[]): Value {
  return columns.length === 1 ? columns[0] : graph.apply('Concat', columns, { axis: 1 });
}

/** The features as a model without preparation takes them, [rows, features]: a level that it does not know is missing. */
export function featureMatrix(
  graph: Graph,
  inputs: OnnxInputs,
  features: readonly string[],
  levels: readonly (readonly string[] | null)[] = [],
): Value {
  const { numbers } = inputs;
  if (features.length === numbers.length && features.every((name, f) => name === numbers[f])) return NUMBERS;
  if (levels.every((own) => own === null)) {
    const places = features.map((name) => numbers.indexOf(name));
    return graph.apply('Gather', [NUMBERS, graph.integers(places)], { axis: 1 });
  }
  const columns = features.map((name, f) => {
    const own = levels[f] ?? null;
    return own === null
      ? numberColumn(graph, inputs, name)
      : codeColumn(graph, inputs, name, own, Number.NaN);
  });
  return sideBySide(graph, columns);
}

/** Each feature with the levels of a category, null of a number. */
function levelsByFeature(member: MemberModel): { name: string; levels: readonly string[] | null }[] {
  if (member.kind === 'prepared') {
    return member.preparation.inputs.map(({ name, levels }) => ({ name, levels: levels ?? null }));
  }
  const levels = 'levels' in member ? (member.levels ?? []) : [];
  return member.features.map((name, f) => ({ name, levels: levels[f] ?? null }));
}

import { create, toBinary } from '@bufbuild/protobuf';
import { UsageError } from '../../errors.ts';
import type { UncalibratedModel } from '../calibration/model.ts';
import type { MemberModel } from '../member.ts';
import type { Model } from '../model.ts';
import type { StackModel } from '../stack/model.ts';
import { calibrated } from './calibrator.ts';
import {
  TensorProto_DataType as DataType,
  ModelProtoSchema,
  type ValueInfoProto,
  ValueInfoProtoSchema,
} from './gen/onnx/onnx_pb.ts';
import { Graph, type Value } from './graph.ts';
import { CATEGORIES, featureMatrix, NUMBERS, type OnnxInputs, onnxInputs } from './inputs.ts';
import { forestProbability, logOdds } from './log-odds.ts';
import { logistic } from './logistic.ts';
import { preparedMatrix } from './prepared.ts';

/** What a file says beside the model. */
export interface OnnxNotes {
  /** Version of Refrain. */
  readonly version: string;
  readonly description: string;
  /** Kept in the file's metadata, as text. */
  readonly metadata: Readonly<Record<string, string>>;
}

/** The output of the graph: a probability a row. */
const PROBABILITY = 'probability';

/**
 * The model in ONNX (IR 10, ai.onnx 21, ai.onnx.ml 5), all of it in doubles. Inputs are `numbers`, [rows, columns] of doubles, NaN
 * where missing, and where the model takes categories `categories`, [rows, columns] of texts; what stands in which column is in
 * the metadata. The output `probability`, [rows], equals `predict` to 1e-12; features that `predict` refuses as infinite are not
 * refused.
 * @throws UsageError for what ONNX has no form for.
 * @throws InputError where the members of a stack disagree on what a feature is.
 */
export function modelOnnx(model: Model, { version, description, metadata }: OnnxNotes): Uint8Array {
  const inputs = onnxInputs(model);
  if (model.features.length === 0) throw new UsageError('A model without features has no form in ONNX.');
  const graph = new Graph();
  const column = probabilityColumn(graph, model, inputs);
  const output = graph.apply('Reshape', [column, graph.integers([-1])], {}, '', PROBABILITY);
  const facts = { ...metadata, inputs: JSON.stringify(inputs) };
  const proto = create(ModelProtoSchema, {
    irVersion: 10n,
    producerName: 'refrain',
    producerVersion: version,
    docString: description,
    opsetImport: [
      { domain: '', version: 21n },
      { domain: 'ai.onnx.ml', version: 5n },
    ],
    metadataProps: Object.entries(facts).map(([key, value]) => ({ key, value })),
    graph: {
      name: model.kind,
      node: graph.nodes,
      initializer: graph.constants,
      input: [
        ...(inputs.numbers.length > 0 ? [tensor(NUMBERS, DataType.DOUBLE, inputs.numbers.length)] : []),
        ...(inputs.categories.length > 0
          ? [tensor(CATEGORIES, DataType.STRING, inputs.categories.length)]
          : []),
      ],
      output: [tensor(output, DataType.DOUBLE)],
    },
  });
  return toBinary(ModelProtoSchema, proto);
}

/** [rows, 1] */
function probabilityColumn(graph: Graph, model: Model, inputs: OnnxInputs): Value {
  if (model.kind === 'calibrated') {
    return calibrated(graph, model.calibrator, logOddsOfModel(graph, model.model, inputs));
  }
  if (model.kind === 'stack') return logistic(graph, stackLogOdds(graph, model, inputs));
  const { within, features } = unwrapped(graph, model, inputs);
  if (within.kind === 'random-forest') return forestProbability(graph, within, features);
  return logistic(graph, logOdds(graph, within, features));
}

/** [rows, 1] */
function logOddsOfModel(graph: Graph, model: UncalibratedModel, inputs: OnnxInputs): Value {
  if (model.kind === 'stack') return stackLogOdds(graph, model, inputs);
  const { within, features } = unwrapped(graph, model, inputs);
  return logOdds(graph, within, features);
}

function stackLogOdds(
  graph: Graph,
  { members, coefficients, intercept }: StackModel,
  inputs: OnnxInputs,
): Value {
  return members.reduce(
    (sum, member, m) => {
      const { within, features } = unwrapped(graph, member, inputs);
      const own = graph.apply('Mul', [logOdds(graph, within, features), graph.doubles([coefficients[m]])]);
      return graph.apply('Add', [sum, own]);
    },
    graph.doubles([intercept]),
  );
}

/** The model without its preparation, and the columns that it takes, [rows, columns]. */
function unwrapped(graph: Graph, model: MemberModel, inputs: OnnxInputs) {
  if (model.kind !== 'prepared') {
    const levels = 'levels' in model ? model.levels : undefined;
    return { within: model, features: featureMatrix(graph, inputs, model.features, levels) };
  }
  const { columns } = model.preparation;
  const prepared = preparedMatrix(graph, inputs, model.preparation);
  const places = model.model.features.map((name) => columns.findIndex((column) => column.name === name));
  return {
    within: model.model,
    features: graph.apply('Gather', [prepared, graph.integers(places)], { axis: 1 }),
  };
}

/** A tensor of any number of rows, and of so many columns; without columns a list. */
function tensor(name: string, elemType: DataType, columns?: number): ValueInfoProto {
  const rows = { value: { case: 'dimParam' as const, value: 'rows' } };
  const width =
    columns === undefined ? [] : [{ value: { case: 'dimValue' as const, value: BigInt(columns) } }];
  return create(ValueInfoProtoSchema, {
    name,
    type: { value: { case: 'tensorType', value: { elemType, shape: { dim: [rows, ...width] } } } },
  });
}

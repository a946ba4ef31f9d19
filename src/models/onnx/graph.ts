import { create } from '@bufbuild/protobuf';
import {
  type AttributeProto,
  AttributeProtoSchema,
  AttributeProto_AttributeType as AttributeType,
  TensorProto_DataType as DataType,
  type NodeProto,
  NodeProtoSchema,
  type TensorProto,
  TensorProtoSchema,
} from './gen/onnx/onnx_pb.ts';

/** A value of the graph, by its name. */
export type Value = string;

/** An attribute of a node: a whole number, whole numbers, or a tensor. */
export type Attribute = number | readonly number[] | TensorProto;

/** Whose operators a node uses: those of all models, or those of classical ones. */
export type Domain = '' | 'ai.onnx.ml';

/** Nodes and constants of a graph as it is built, from its inputs on. */
export class Graph {
  readonly nodes: NodeProto[] = [];
  readonly constants: TensorProto[] = [];

  /** The output of an operator. */
  apply(
    operator: string,
    inputs: readonly Value[],
    attributes: Readonly<Record<string, Attribute>> = {},
    domain: Domain = '',
    output: Value = `v${this.nodes.length}`,
  ): Value {
    const attribute = Object.entries(attributes).map(([name, value]) => attributeOf(name, value));
    this.nodes.push(
      create(NodeProtoSchema, { input: [...inputs], output: [output], opType: operator, attribute, domain }),
    );
    return output;
  }

  /** A constant of the given shape, a scalar by default. */
  doubles(values: readonly number[], shape: readonly number[] = []): Value {
    return this.#constant(doubleTensor(values, shape));
  }

  integers(values: readonly number[], shape: readonly number[] = [values.length]): Value {
    return this.#constant(
      create(TensorProtoSchema, {
        dims: shape.map(BigInt),
        dataType: DataType.INT64,
        int64Data: values.map(BigInt),
      }),
    );
  }

  booleans(values: readonly boolean[], shape: readonly number[]): Value {
    return this.#constant(
      create(TensorProtoSchema, {
        dims: shape.map(BigInt),
        dataType: DataType.BOOL,
        int32Data: values.map(Number),
      }),
    );
  }

  #constant(tensor: TensorProto): Value {
    const name = `c${this.constants.length}`;
    this.constants.push({ ...tensor, name });
    return name;
  }
}

/** The same number for every row, [rows, 1]. */
export function everyRow(graph: Graph, value: number, features: Value): Value {
  const rows = graph.apply('Shape', [features], { start: 0, end: 1 });
  const shape = graph.apply('Concat', [rows, graph.integers([1])], { axis: 0 });
  return graph.apply('Expand', [graph.doubles([value], [1, 1]), shape]);
}

export function doubleTensor(
  values: readonly number[],
  shape: readonly number[] = [values.length],
): TensorProto {
  return create(TensorProtoSchema, {
    dims: shape.map(BigInt),
    dataType: DataType.DOUBLE,
    doubleData: [...values],
  });
}

export function byteTensor(values: readonly number[]): TensorProto {
  return create(TensorProtoSchema, {
    dims: [BigInt(values.length)],
    dataType: DataType.UINT8,
    int32Data: [...values],
  });
}

export function textTensor(values: readonly string[]): TensorProto {
  const utf8 = new TextEncoder();
  return create(TensorProtoSchema, {
    dims: [BigInt(values.length)],
    dataType: DataType.STRING,
    stringData: values.map((value) => utf8.encode(value)),
  });
}

function attributeOf(name: string, value: Attribute): AttributeProto {
  if (typeof value === 'number') {
    return create(AttributeProtoSchema, { name, type: AttributeType.INT, i: BigInt(value) });
  }
  if ('dims' in value) return create(AttributeProtoSchema, { name, type: AttributeType.TENSOR, t: value });
  return create(AttributeProtoSchema, { name, type: AttributeType.INTS, ints: value.map(BigInt) });
}

import { create, type MessageInitShape } from '@bufbuild/protobuf';
import type { Calls } from './calls.ts';
import {
  type ConfigRequest_OperationSchema,
  ConfigRequestSchema,
  type KeyValue,
  SparkConnectService,
} from './gen/spark/connect/base_pb.ts';

export async function setConfig(calls: Calls, settings: Readonly<Record<string, string>>): Promise<void> {
  const pairs = Object.entries(settings).map(([key, value]) => ({ key, value }));
  await config(calls, { case: 'set', value: { pairs } });
}

export async function getConfig(calls: Calls, keys: readonly string[]): Promise<Record<string, string>> {
  const pairs = await config(calls, { case: 'get', value: { keys: [...keys] } });
  return Object.fromEntries(pairs.map(({ key, value = '' }) => [key, value]));
}

type OperationInit = NonNullable<MessageInitShape<typeof ConfigRequest_OperationSchema>['opType']>;

async function config(calls: Calls, opType: OperationInit): Promise<readonly KeyValue[]> {
  const { pairs } = await calls.unary(SparkConnectService.method.config, (identity) =>
    create(ConfigRequestSchema, { ...identity, operation: { opType } }),
  );
  return pairs;
}

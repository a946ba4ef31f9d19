import { create } from '@bufbuild/protobuf';
import type { Calls } from './calls.ts';
import { checkTag } from './execution.ts';
import {
  InterruptRequestSchema,
  InterruptRequest_InterruptType as InterruptType,
  SparkConnectService,
} from './gen/spark/connect/base_pb.ts';

/** Which of the session's operations to stop. */
export type InterruptTarget = 'all' | { readonly tag: string } | { readonly operation: string };

/** @returns the ids of the operations that were running. */
export async function interrupt(calls: Calls, target: InterruptTarget): Promise<string[]> {
  const { interruptedIds } = await calls.unary(SparkConnectService.method.interrupt, (identity) =>
    create(InterruptRequestSchema, { ...identity, ...typeOf(target) }),
  );
  return interruptedIds;
}

function typeOf(target: InterruptTarget) {
  if (target === 'all') return { interruptType: InterruptType.ALL };
  if ('operation' in target) {
    const interrupt = { case: 'operationId', value: target.operation } as const;
    return { interruptType: InterruptType.OPERATION_ID, interrupt };
  }
  checkTag(target.tag);
  return {
    interruptType: InterruptType.TAG,
    interrupt: { case: 'operationTag', value: target.tag } as const,
  };
}

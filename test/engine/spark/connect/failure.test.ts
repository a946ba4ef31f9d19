import { create, toBinary } from '@bufbuild/protobuf';
import { anyPack } from '@bufbuild/protobuf/wkt';
import { Metadata, status } from '@grpc/grpc-js';
import { expect, test } from 'vitest';
import { failureOf, isTransient } from '../../../../src/engine/spark/connect/failure.ts';
import {
  ErrorInfoSchema,
  RetryInfoSchema,
  StatusSchema,
} from '../../../../src/engine/spark/connect/gen/google/rpc/status_pb.ts';

function serviceError(code: number, info?: Record<string, string>, retrySeconds?: number) {
  const details = [
    ...(info
      ? [anyPack(ErrorInfoSchema, create(ErrorInfoSchema, { reason: 'org.x.SomeException', metadata: info }))]
      : []),
    ...(retrySeconds
      ? [anyPack(RetryInfoSchema, create(RetryInfoSchema, { retryDelay: { seconds: BigInt(retrySeconds) } }))]
      : []),
  ];
  const metadata = new Metadata();
  if (details.length > 0) {
    metadata.set(
      'grpc-status-details-bin',
      Buffer.from(toBinary(StatusSchema, create(StatusSchema, { code, details }))),
    );
  }
  return Object.assign(new Error(`${code} text`), { code, details: 'text', metadata });
}

const transient = (error: unknown) => {
  const failure = failureOf(error);
  return failure !== undefined && isTransient(failure);
};

test('the error class, SQLSTATE and parameters of Spark are read', () => {
  const error = serviceError(status.INTERNAL, {
    errorClass: 'DIVIDE_BY_ZERO',
    sqlState: '22012',
    messageParameters: '{"config":"x"}',
    errorId: 'id-1',
  });
  expect(failureOf(error)).toEqual({
    code: status.INTERNAL,
    message: 'text',
    spark: {
      errorClass: 'DIVIDE_BY_ZERO',
      sqlState: '22012',
      messageParameters: { config: 'x' },
      errorId: 'id-1',
    },
  });
});

test('an exception without an error class is called by its own', () => {
  expect(failureOf(serviceError(status.INTERNAL, {}))?.spark?.errorClass).toBe('SomeException');
});

test('parameters that Spark cut off are left out', () => {
  expect(failureOf(serviceError(13, { messageParameters: '{"a":"b' }))?.spark?.messageParameters).toEqual({});
});

test('whatever gRPC did not throw is no failure of a call', () => {
  expect(failureOf(new Error('x'))).toBeUndefined();
  expect(failureOf('x')).toBeUndefined();
});

test('a broken connection is worth another try, an error of Spark is not', () => {
  expect(transient(serviceError(status.UNAVAILABLE))).toBe(true);
  expect(transient(serviceError(status.INTERNAL))).toBe(true);
  expect(transient(serviceError(status.DEADLINE_EXCEEDED))).toBe(true);
  expect(transient(serviceError(status.INTERNAL, { errorClass: 'DIVIDE_BY_ZERO' }))).toBe(false);
  expect(transient(serviceError(status.UNAUTHENTICATED))).toBe(false);
  expect(transient(serviceError(status.RESOURCE_EXHAUSTED))).toBe(false);
  expect(transient(serviceError(status.INVALID_ARGUMENT))).toBe(false);
});

test('Spark is tried again when it asks for it', () => {
  const error = serviceError(status.INTERNAL, { errorClass: 'BUSY' }, 3);
  expect(failureOf(error)?.retryAfter).toBe(3000);
  expect(transient(error)).toBe(true);
});

test('a cursor that another call took over is taken back', () => {
  expect(transient(serviceError(status.INTERNAL, { errorClass: 'INVALID_CURSOR.DISCONNECTED' }))).toBe(true);
});

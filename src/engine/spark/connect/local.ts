import { create, toBinary } from '@bufbuild/protobuf';
import type { Table } from '../../../table/table.ts';
import { uploadToCache } from './artifacts.ts';
import type { Calls } from './calls.ts';
import { LocalRelationSchema } from './gen/spark/connect/relations_pb.ts';
import type { Relation, RelationInit } from './relation.ts';
import { toArrow } from './table-to-arrow.ts';

const largestInline = 1024 * 1024;
const chunkRows = 100_000;

/**
 * A table of ours as a relation. Small ones travel in the query; larger ones are uploaded when the relation is first
 * used, and once only.
 *
 * @param chunked whether the server (Spark 4.1 and newer) takes a table in several pieces.
 */
export function localRelation(calls: Calls, table: Table, chunked: boolean): Relation {
  let uploaded: Promise<RelationInit> | undefined;
  const plan = (signal?: AbortSignal) => {
    uploaded ??= upload(calls, table, chunked, signal).catch((cause) => {
      uploaded = undefined;
      throw cause;
    });
    return uploaded;
  };
  return { plan };
}

async function upload(
  calls: Calls,
  table: Table,
  chunked: boolean,
  signal: AbortSignal | undefined,
): Promise<RelationInit> {
  const pieces = piecesOf(table, chunked ? chunkRows : table.rows);
  if (pieces.length === 1 && pieces[0].length <= largestInline) {
    return { relType: { case: 'localRelation', value: { data: pieces[0] } } };
  }
  if (!chunked) {
    const relation = toBinary(LocalRelationSchema, create(LocalRelationSchema, { data: pieces[0] }));
    const hash = await uploadToCache(calls, relation, signal);
    return { relType: { case: 'cachedLocalRelation', value: { hash } } };
  }
  const dataHashes: string[] = [];
  for (const piece of pieces) dataHashes.push(await uploadToCache(calls, piece, signal));
  return { relType: { case: 'chunkedCachedLocalRelation', value: { dataHashes } } };
}

function piecesOf(table: Table, rows: number): Uint8Array[] {
  const count = Math.max(1, Math.ceil(table.rows / Math.max(1, rows)));
  return Array.from({ length: count }, (_, i) =>
    toArrow(table, i * rows, Math.min(table.rows, (i + 1) * rows)),
  );
}

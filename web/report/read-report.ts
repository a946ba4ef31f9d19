import type { ComparisonData } from '../../src/report/comparison-data.ts';
import type { PackedScores } from '../../src/report/pack-users.ts';
import type { ReportData } from '../../src/report/report-data.ts';
import { type Scores, unpackScores } from './scores.ts';
import { unpack } from './unpack.ts';
import { UserBlocks } from './user-blocks.ts';

export interface Report {
  readonly data: ReportData;
  readonly scores: Scores;
  readonly users: UserBlocks;
}

/**
 * The run inlined in the page, or two that are compared. JSON writes NaN and the infinities as `null`, and the record has no other
 * nulls, so every `null` is read as NaN.
 */
export async function readPage(page: Document): Promise<Report | ComparisonData> {
  const data = await unpack<ReportData | ComparisonData>(
    textOf(page, 'report'),
    (_key, value) => value ?? Number.NaN,
  );
  if ('kind' in data) return data;
  const packed = await unpack<PackedScores>(textOf(page, 'scores'));
  const blocks = new UserBlocks(textOf(page, 'users').split('\n'), packed.usersOfBlock);
  return { data, scores: unpackScores(packed), users: blocks };
}

function textOf(page: Document, id: string): string {
  const text = page.getElementById(id)?.textContent;
  if (text === undefined || text.startsWith('"{{'))
    throw new Error(`This page holds no run: its "${id}" is empty.`);
  return text;
}

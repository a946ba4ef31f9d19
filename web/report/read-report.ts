import type { PackedScores } from '../../src/report/pack-scores.ts';
import type { ReportData } from '../../src/report/report-data.ts';
import { type Scores, unpackScores } from './scores.ts';

export interface Report {
  readonly data: ReportData;
  readonly scores: Scores;
}

/**
 * The run inlined in the page. JSON writes NaN and the infinities as `null`, and the record has no other nulls, so
 * every `null` is read as NaN.
 */
export async function readReport(page: Document): Promise<Report> {
  const data: ReportData = JSON.parse(textOf(page, 'report'), nullToNaN);
  const packed: PackedScores = JSON.parse(await gunzipBase64(textOf(page, 'scores')), nullToNaN);
  return { data, scores: unpackScores(packed) };
}

function nullToNaN(_key: string, value: unknown): unknown {
  return value === null ? Number.NaN : value;
}

function textOf(page: Document, id: string): string {
  const text = page.getElementById(id)?.textContent;
  if (!text || text.startsWith('"{{')) throw new Error(`This page holds no run: its "${id}" is empty.`);
  return text;
}

function gunzipBase64(text: string): Promise<string> {
  const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Response(stream).text();
}

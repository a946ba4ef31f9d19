import { gzipSync } from 'node:zlib';
import { badLines, blankLines, goodLines, linesOfNobody } from './hostile-lines.ts';
import { cleanEnds } from './line-ends.ts';
import { row } from './row.ts';
import { zstd } from './zstd.ts';

type Files = Readonly<Record<string, string | Buffer>>;

/** Every hostile line, each after a plain row that differs from all others. */
export function hostileText(): Buffer {
  const lines: (string | Buffer)[] = [
    ...badLines.map(([, , line]) => line),
    ...goodLines.map(([, line]) => line),
    ...linesOfNobody.map(([, line]) => line),
    ...blankLines.map(([, line]) => line),
  ];
  return Buffer.concat(
    lines.flatMap((line, i) => [
      Buffer.from(`${row({ itemInSession: 1000 + i })}\n`),
      Buffer.from(line),
      Buffer.from('\n'),
    ]),
  );
}

/** Every way of ending lines, a file each, with a bad line at the end; the same files plain and compressed. */
export function endingFiles(): { readonly plain: Files; readonly packed: Files } {
  const bad = '{"ts":1}';
  const files = (name: string, pack: (text: string) => string | Buffer) =>
    Object.fromEntries(
      cleanEnds.map(([, text], i) => {
        const own = text.replaceAll('"sessionId":29', `"sessionId":"${name} ${i}"`);
        return [`${i}.${name}`, pack(own + (/[\r\n]$/.test(text) ? bad : ''))];
      }),
    );
  return { plain: files('json', (text) => text), packed: files('ndjson.gz', gzipSync) };
}

/** Half a character before the end of a line, whatever ends it. */
export const halvedFiles: Files = Object.fromEntries(
  ['\n', '\r\n', '\r\r\n'].map((end, i) => [
    `halved-${i}.json`,
    Buffer.concat(
      [0xe9, 0xf0, 0xc3].flatMap((byte, j) => [
        Buffer.from(row({ sessionId: `halved ${i} ${j}` })),
        Buffer.of(byte),
        Buffer.from(end),
      ]),
    ),
  ]),
);

/** Names that shells, globs, URLs and Spark take for something else. */
export const hostileNames = [
  'with space.json',
  'a+b&c=d;e,f.json',
  'number#sign.json',
  '100%.json',
  'percent%41.json',
  '%2Fslash.json',
  'square[ab]{cd}.json',
  'star*mark?.json',
  `quotes'"$x${'`'}.json`,
  'back\\slash.json',
  'ünï🎵.json',
  'time 10:30.json',
  '~tilde!.json',
];

export function namedFiles(names: readonly string[]): Files {
  return Object.fromEntries(
    names.map((name, i) => [name, `${row({ sessionId: `named ${i}` })}\nbad in ${name}\n`]),
  );
}

export const packedFile: Files = { 'packed.json.zst': zstd(`${row({ sessionId: 'zstd' })}\nbad\n`) };

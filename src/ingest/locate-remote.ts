import type { LineRelation } from '../engine/engine.ts';
import { nameOf } from './log-file.ts';
import type { PreparedFile } from './prepared-file.ts';
import type { Quarantine } from './quarantine.ts';

/** Puts bad lines of remote files into quarantine, with their places. */
export async function locateRemote(
  bad: readonly BadLines[],
  relation: LineRelation,
  quarantine: Quarantine,
  ready: () => Promise<void>,
): Promise<void> {
  const wanted = bad.map(({ file, value, reasons }) => ({
    input: file,
    file: value,
    texts: new Set(reasons.keys()),
  }));
  for await (const { of, text, line, offset } of relation.places(wanted)) {
    const reason = bad[of].reasons.get(text);
    if (reason === undefined) throw new RangeError(`The engine placed a line that nobody asked for: ${text}`);
    quarantine.add({ file: nameOf(bad[of].file.source), line, offset, reason, text });
    await ready();
  }
}

/** What is known of a file's bad lines before their places are. */
export interface BadLines {
  readonly file: PreparedFile;
  /** The engine's name for the file. */
  readonly value: string;
  /** By the line's text. */
  readonly reasons: Map<string, string>;
}

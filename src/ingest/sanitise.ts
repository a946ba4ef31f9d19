import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import { type Effects, throwIfAborted } from '../effects.ts';
import { eachLine, withoutReturn } from './each-line.ts';
import type { Judge } from './judge.ts';
import type { LogFile } from './log-file.ts';
import type { PreparedFile } from './prepare.ts';
import type { Quarantine } from './quarantine.ts';

/**
 * A copy of the file with LF alone, for files where CR stands elsewhere than before every LF. A CR inside a line is white
 * space or a fault: such a line is judged here, and goes on in its plainest form or into quarantine.
 */
export async function sanitise(
  source: LogFile,
  target: string,
  judge: Judge,
  quarantine: Quarantine,
  effects: Effects,
): Promise<PreparedFile> {
  const out = createWriteStream(target);
  await eachLine(source, (bytes, number, offset) => {
    throwIfAborted(effects.signal);
    const line = withoutReturn(bytes);
    if (!line.includes(13)) {
      out.write(Buffer.concat([line, newline]));
      return;
    }
    const text = line.toString();
    const verdict = judge(text);
    if (verdict.kind === 'bad') {
      quarantine.add({ file: source.path, line: number, offset, reason: verdict.reason, text });
    } else {
      out.write(verdict.kind === 'blank' ? newline : `${JSON.stringify(verdict.record)}\n`);
    }
  });
  out.end();
  await finished(out);
  return { path: target, source };
}

const newline = Buffer.from('\n');

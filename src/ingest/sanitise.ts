import { type Effects, throwIfAborted } from '../effects.ts';
import { longestForEngine } from '../engine/engine.ts';
import { eachLine, type FileLine } from './each-line.ts';
import type { Judge } from './judge.ts';
import { judgeBytes, quarantined } from './judge-bytes.ts';
import { LineFile } from './line-file.ts';
import type { LogFile } from './log-file.ts';
import type { PreparedFile } from './prepared-file.ts';
import type { Quarantine } from './quarantine.ts';

/**
 * A copy of the file without what engines disagree on: CR elsewhere than before every LF, the byte 1, and lines beyond
 * `longestForEngine`. Such a line is judged here, and goes on in its plainest form or into quarantine.
 */
export async function sanitise(
  source: LogFile,
  target: string,
  judge: Judge,
  quarantine: Quarantine,
  effects: Effects,
): Promise<PreparedFile> {
  const clean = new LineFile(target);
  const ready = async () => {
    throwIfAborted(effects.signal);
    await Promise.all([clean.ready(), quarantine.ready()]);
  };
  try {
    await eachLine(
      source,
      (line) => {
        if (!isDisputed(line)) {
          clean.write(line.bytes);
          return;
        }
        const verdict = judgeBytes(line, judge);
        const plain = verdict.kind === 'good' ? JSON.stringify(verdict.record) : '';
        if (verdict.kind === 'bad') quarantine.add(quarantined(source, line, verdict.reason));
        else if (Buffer.byteLength(plain) > longestForEngine) {
          quarantine.add(quarantined(source, line, 'line_too_long'));
        } else clean.write(plain);
      },
      ready,
    );
  } finally {
    await clean.close();
  }
  return { path: target, format: 'json', source, sanitised: true };
}

/** Whether `sanitise` decides on the line. */
export function isDisputed({ bytes, length }: FileLine): boolean {
  return length > longestForEngine || bytes.includes(13) || bytes.includes(1);
}

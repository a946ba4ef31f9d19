import { join } from 'node:path';
import { InputError } from '../errors.ts';
import { type Accounting, checkBadRows, checkBalance } from '../ingest/accounting.ts';
import type { Ingested, IngestSettings } from '../ingest/ingest.ts';
import { type LogFile, nameOf } from '../ingest/log-file.ts';
import { Quarantine } from '../ingest/quarantine.ts';
import type { FileSlice } from './cut.ts';
import type { FileHash } from './hash-file.ts';
import type { SliceTally } from './slice.ts';

/**
 * The account of a log in which no row stands twice, with its bad lines in quarantine.
 * @throws InputError when more lines are bad than the settings bear, or a file changed meanwhile.
 */
export async function account(
  files: readonly LogFile[],
  slices: readonly FileSlice[],
  tallies: readonly SliceTally[],
  hashes: readonly FileHash[],
  { maxBadRows, workFolder }: IngestSettings,
  { accepted, anonymous }: { readonly accepted: number; readonly anonymous: number },
): Promise<Ingested> {
  const quarantine = new Quarantine(join(workFolder, 'quarantine.ndjson'));
  try {
    const read = new Map(files.map((file) => [file, { bytes: 0, lines: 0 }]));
    for (const [i, { file }] of slices.entries()) {
      const place = read.get(file) ?? { bytes: 0, lines: 0 };
      for (const { line, offset, reason, text } of tallies[i].bad) {
        quarantine.add({ file: nameOf(file), line: place.lines + line, offset, reason, text });
      }
      await quarantine.ready();
      read.set(file, { bytes: place.bytes + tallies[i].bytes, lines: place.lines + tallies[i].lines });
    }
    files.forEach((file, i) => {
      const { bytes } = read.get(file) ?? { bytes: 0 };
      if (bytes !== hashes[i].bytes) {
        throw new InputError(
          `${nameOf(file)} changed while it was read: ${bytes} bytes in lines, ${hashes[i].bytes} in all. Let the log come to rest, and try again.`,
          { file: nameOf(file), bytes, hashed: hashes[i].bytes },
        );
      }
    });
    const sum = (value: (tally: SliceTally) => number) =>
      tallies.reduce((total, tally) => total + value(tally), 0);
    const lines = sum((tally) => tally.lines);
    checkBadRows(maxBadRows, lines, quarantine.lines, quarantine.reasons());
    const accounting: Accounting = {
      bytes: sum((tally) => tally.bytes),
      lines,
      accepted,
      anonymous,
      duplicate: 0,
      quarantined: quarantine.lines,
      blank: sum((tally) => tally.blank),
    };
    checkBalance(accounting);
    await quarantine.finish();
    return {
      files: files.map((file, i) => ({ path: nameOf(file), bytes: file.bytes, sha256: hashes[i].sha256 })),
      accounting,
      reasons: quarantine.reasons(),
      quarantinePath: quarantine.path,
    };
  } finally {
    await quarantine.close();
  }
}

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { InputError } from '../../errors.ts';
import type { ReportData } from '../../report/report-data.ts';
import { readReportRecord } from '../report/report-record.ts';

const manifestSchema = z.looseObject({
  settings: z.record(z.string(), z.unknown()),
  inputs: z.array(z.looseObject({ bytes: z.number(), sha256: z.string().optional() })),
});

/** A run folder that is to be compared. */
export interface RunFolder {
  readonly folder: string;
  readonly data: ReportData;
  readonly manifest: z.infer<typeof manifestSchema>;
}

/** @throws InputError where the folder is none of a run of this version. */
export async function readRun(folder: string): Promise<RunFolder> {
  const data = await readReportRecord(folder);
  const path = join(folder, 'run.json');
  try {
    const manifest = manifestSchema.parse(JSON.parse(await readFile(path, 'utf8')));
    return { folder, data, manifest };
  } catch (cause) {
    throw new InputError(`${path} is no manifest of a run. Run again.`, { path }, { cause });
  }
}

import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { InputError } from '../../errors.ts';
import type { ReportData } from '../../report/report-data.ts';
import { version } from '../manifest.ts';

const fileName = 'report.json';

/** Keeps what the report shows, but for its users, in `report.json`: NaN and the infinities as null. */
export async function writeReportRecord(folder: string, data: ReportData): Promise<void> {
  await writeFile(join(folder, fileName), `${JSON.stringify(data)}\n`);
}

/**
 * The record of a run folder; null is NaN again.
 * @throws InputError where there is none, it is damaged, or another version made it: each version's page shows its own records.
 */
export async function readReportRecord(folder: string): Promise<ReportData> {
  const path = join(folder, fileName);
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new InputError(
      `${folder} holds no ${fileName}: expected a folder that \`refrain run\` made with this version.`,
      { folder },
      { cause },
    );
  });
  return parsed(text, path);
}

const head = z.looseObject({
  meta: z.looseObject({ version: z.string(), definition: z.string(), createdAt: z.number() }),
  input: z.looseObject({ lines: z.number() }),
  log: z.looseObject({ users: z.number(), lost: z.number() }),
  learning: z
    .looseObject({ scores: z.looseObject({ day: z.iso.date(), firstDay: z.iso.date() }) })
    .optional(),
});

function parsed(text: string, path: string): ReportData {
  let data: ReportData;
  try {
    data = JSON.parse(text, (_key, value: unknown) => (value === null ? Number.NaN : value));
    head.parse(data);
  } catch (cause) {
    throw new InputError(`${path} is damaged: it is no record of a report. Run again.`, { path }, { cause });
  }
  if (data.meta.version !== version) {
    throw new InputError(
      `${path} is of version ${data.meta.version}, and this is ${version}: run again, or report with that version.`,
      { path, version: data.meta.version, expected: version },
    );
  }
  return data;
}

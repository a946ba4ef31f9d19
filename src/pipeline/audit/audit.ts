import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Audit } from '../../audit/audit.ts';
import type { Effects } from '../../effects.ts';
import { type Context, withContext } from '../context.ts';
import { type FolderKind, inNewFolder } from '../output-folder.ts';
import { checkOutsideLog } from '../outside-log.ts';
import { type AuditExamplesSettings, auditExamples } from './audit-examples.ts';
import { writeAudit } from './audit-files.ts';
import { auditLog } from './audit-log.ts';
import type { AuditLogSettings } from './settings.ts';

export interface AuditOutput {
  /** Folder for `audit.json` and its tables; by default nothing is written. */
  readonly out?: string;
  /** Replace an earlier audit there. */
  readonly force: boolean;
  /** Memory for the embedded engine, such as `4GB`. */
  readonly memory?: string;
}

export type AuditSettings = AuditOutput &
  (({ readonly of: 'log' } & AuditLogSettings) | ({ readonly of: 'examples' } & AuditExamplesSettings));

const auditFolder: FolderKind = {
  name: 'audit folder',
  manifest: 'audit.json',
  entries: new Set(['audit.json', 'audit.csv', 'leak_price.csv']),
  option: '--out',
};

/**
 * Audits a log with its features and own tables, or a table of examples.
 * @throws InputError, UsageError, NothingToLearnError; nothing is then written.
 */
export async function audit(settings: AuditSettings, effects: Effects): Promise<Audit> {
  const { out, force } = settings;
  if (out === undefined) return inTemporaryFolder((folder) => auditIn(folder, settings, effects));
  if (settings.of === 'log') await checkOutsideLog(out, settings.log);
  return inNewFolder(
    out,
    force,
    async (folder) => {
      const result = await auditIn(folder, settings, effects);
      await writeAudit(folder, folder, result);
      return result;
    },
    auditFolder,
  );
}

function auditIn(folder: string, settings: AuditSettings, effects: Effects): Promise<Audit> {
  const work = (context: Context) =>
    settings.of === 'log' ? auditLog(settings, context) : auditExamples(settings, context.engine, effects);
  return withContext(folder, settings, effects, work);
}

async function inTemporaryFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'refrain-audit-'));
  try {
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

import type { OwnTableSpec } from '../own-tables/own-table-spec.ts';
import { defaultLearnSettings, type LearnSettings, type ReadSettings } from '../settings.ts';

export interface AuditLogSettings
  extends ReadSettings,
    Omit<LearnSettings, 'learners' | 'protocol' | 'tuning'> {
  /** Tables of one's own, joined by user and, where dated, as of the cutoff. */
  readonly own: readonly OwnTableSpec[];
  /** Folder of `refrain simulate --truth` about the log; its probabilities are then the limit of what is plausible. */
  readonly truth?: string;
}

const { learners: _, protocol: __, ...defaults } = defaultLearnSettings;

export const defaultAuditSettings = { ...defaults, own: [] } satisfies Partial<AuditLogSettings>;

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

/** Permutations of the labels, and rows that they are tried on. */
export const fullScramble = { permutations: 20, maxRows: 20_000 };
/** Within a run: enough to see a plan that is wrong. */
export const quickScramble = { permutations: 4, maxRows: 2_000 };

const { learners: _, protocol: __, ...defaults } = defaultLearnSettings;

export const defaultAuditSettings = { ...defaults, own: [] } satisfies Partial<AuditLogSettings>;

import type { ComponentChildren } from 'preact';
import type { ReportMeta } from '../../src/report/report-data.ts';

/** Something a reader must know before the numbers. */
export function Notice({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <div class="notice" role="note">
      <strong>{title}</strong> {children}
    </div>
  );
}

/** Stands wherever numbers of the retrospective protocol show. */
export function LeakNotice({ protocol }: { protocol: ReportMeta['protocol'] }) {
  if (protocol !== 'retrospective') return null;
  return (
    <Notice title="Leaky numbers.">
      The retrospective protocol describes each user by their whole history, which for those who left ends
      where they left. The models see traces of the outcome, so every metric here flatters them. Use the
      forecast protocol to learn how well leaving can be foreseen.
    </Notice>
  );
}

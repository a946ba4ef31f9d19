import type { ReportData } from '../../src/report/report-data.ts';
import { Figure } from '../charts/figure.tsx';
import { DataTable } from '../tables/data-table.tsx';
import { formatMinute } from '../words/date.ts';
import { formatBytes } from '../words/number.ts';
import { counted } from '../words/plural.ts';

/** With what the run was made, and how to make it again. */
export function RepeatPart({ data: { meta, learning, input } }: { data: ReportData }) {
  const facts = [
    ['Refrain', meta.version],
    ...meta.versions.map(({ name, value }) => [name, value]),
    ['Definition', meta.definition],
    ['Protocol', meta.protocol],
    ['Lead', counted(meta.leadDays, 'day')],
    ['Horizon', counted(meta.horizonDays, 'day')],
    ...(learning ? [['Folds of users', String(learning.folds)]] : []),
    ['Seed', String(meta.seed)],
    ['Made', formatMinute(meta.createdAt)],
    ...meta.settings.map(({ name, value }) => [name, value]),
  ];
  const { sources } = input;
  return (
    <>
      <p class="aside">
        The same log, settings, seed and version give the same metrics, scores and model, byte for byte:
      </p>
      <pre class="command">
        <code>{meta.repeat}</code>
      </pre>
      <DataTable
        caption="Settings of this run"
        columns={[{ title: 'Setting' }, { title: 'Value' }]}
        rows={facts}
      />
      {sources.length > 0 && (
        <Figure
          name="sources"
          wide
          isTable
          title={`Read from ${counted(sources.length, 'file')}`}
          subtitle="A file with the same SHA-256 is the same file. Files that only a cluster could read have none."
          columns={[{ title: 'File' }, { title: 'Size', format: formatBytes }, { title: 'SHA-256' }]}
          rows={sources.map(({ file, bytes, sha256 }) => [file, bytes, sha256 ?? ''])}
        >
          <DataTable
            caption="Files read"
            columns={[{ title: 'File' }, { title: 'Size', format: formatBytes }, { title: 'SHA-256' }]}
            rows={sources.map(({ file, bytes, sha256 }) => [file, bytes, sha256 ?? 'none'])}
          />
        </Figure>
      )}
    </>
  );
}

import type { ComparedCount, ComparisonData } from '../../src/report/comparison-data.ts';
import { Figure } from '../charts/figure.tsx';
import { Section } from '../sections/section.tsx';
import { DataTable } from '../tables/data-table.tsx';
import { formatBytes, formatCount, formatShare, missing } from '../words/number.ts';

export function ChangedData({ comparison: { counts, settings } }: { comparison: ComparisonData }) {
  const countColumns = ['What', 'First', 'Second', 'Change'].map((title) => ({ title }));
  const countRows = counts.map((count) => [
    count.what,
    shown(count, count.first),
    shown(count, count.second),
    changeOf(count),
  ]);
  const settingColumns = ['Setting', 'First', 'Second'].map((title) => ({ title }));
  const settingRows = settings.map(({ name, first, second }) => [name, first || missing, second || missing]);
  return (
    <Section id="data" title="Data and settings">
      <Figure
        wide
        isTable
        name="compared-data"
        title={dataFinding(counts)}
        subtitle="What each run read, and whom it found."
        columns={countColumns}
        rows={countRows}
      >
        <DataTable caption="Data of both runs" columns={countColumns} rows={countRows} />
      </Figure>
      {settings.length > 0 && (
        <Figure
          wide
          isTable
          name="compared-settings"
          title={`${formatCount(settings.length)} settings differ`}
          subtitle="All others of run.json, and the version, are the same; where the log lies and the number of threads are left out."
          columns={settingColumns}
          rows={settingRows}
        >
          <DataTable caption="Settings that differ" columns={settingColumns} rows={settingRows} />
        </Figure>
      )}
    </Section>
  );
}

function dataFinding(counts: readonly ComparedCount[]): string {
  const differ = counts.filter(({ first, second }) => !Object.is(first, second));
  if (differ.length === 0) return 'Both runs read and found the same';
  const users = counts.find(({ what }) => what === 'Users');
  if (users === undefined || users.first === users.second)
    return `${formatCount(differ.length)} counts differ`;
  return `${formatCount(users.first)} users in the first run, ${formatCount(users.second)} in the second`;
}

function shown({ unit }: ComparedCount, value: number): string {
  return unit === 'bytes' ? formatBytes(value) : formatCount(value);
}

function changeOf({ first, second }: ComparedCount): string {
  if (first === second) return 'none';
  if (!(first > 0) || !Number.isFinite(second)) return missing;
  return second > first ? `+${formatShare(second / first - 1)}` : `−${formatShare(1 - second / first)}`;
}

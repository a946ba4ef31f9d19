import type { ReportBeforeLoss } from '../../src/report/report-leaving.ts';
import { pathFinding } from '../findings/leaving-findings.ts';
import { BarTable } from '../tables/bar-table.tsx';
import { formatCount, formatShare } from '../words/number.ts';
import { plural } from '../words/plural.ts';

interface PathsToLossProps {
  readonly beforeLoss: ReportBeforeLoss;
  readonly loss: string;
}

/** The commonest orders of the last actions before a loss. */
export function PathsToLoss({ beforeLoss, loss }: PathsToLossProps) {
  const { paths, lost, allPaths } = beforeLoss;
  const most = Math.max(1, ...paths.map(({ users }) => users));
  return (
    <BarTable
      name="paths-to-loss"
      title={pathFinding(beforeLoss)}
      subtitle={
        `The last three kinds of action before ${plural(loss)}, in their order; of each kind its last time counts.` +
        (paths.length < allPaths
          ? ` The ${formatCount(paths.length)} commonest; all are in paths_to_loss.csv.`
          : '')
      }
      columns={[
        { title: 'Way out' },
        { title: 'Users', format: formatCount },
        { title: 'Of the lost', format: formatShare },
      ]}
      rows={paths.map(({ path, users }) => ({
        name: path.length === 0 ? `nothing › ${loss}` : [...path].reverse().concat(loss).join(' › '),
        share: users / most,
        cells: [users, users / lost],
      }))}
    />
  );
}

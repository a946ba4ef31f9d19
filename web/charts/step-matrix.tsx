import type { ReportBeforeLoss } from '../../src/report/report-leaving.ts';
import { formatCount } from '../words/number.ts';
import { counted } from '../words/plural.ts';
import { Figure } from './figure.tsx';
import { evenScale, HeatGrid } from './heat-grid.tsx';

interface StepMatrixProps {
  readonly beforeLoss: ReportBeforeLoss;
  readonly loss: string;
}

/** How often one kind of action followed another in the last steps before a loss. */
export function StepMatrix({ beforeLoss: { steps, lost }, loss }: StepMatrixProps) {
  const sorted = [...steps].sort((a, b) => b.users - a.users);
  const most = Math.max(1, ...steps.map(({ users }) => users));
  const rows = [...new Set(sorted.map(({ from }) => from))];
  const targets = [...new Set(sorted.flatMap(({ to }) => (to === undefined ? [] : [to]))), undefined];
  const name = (to: string | undefined) => to ?? loss;
  const inner = sorted.find(({ to }) => to !== undefined);
  const title =
    inner === undefined
      ? `No steps before a ${loss} are known`
      : `Commonest step before a ${loss}: ${inner.from} › ${inner.to}, ${formatCount(inner.users)} of ${formatCount(lost)} times`;
  return (
    <Figure
      name="steps-to-loss"
      title={title}
      subtitle={`From the kind of action at the left to the next below, in the last three steps before a ${loss}. The darker, the more users.`}
      columns={[{ title: 'From' }, { title: 'To' }, { title: 'Users', format: formatCount }]}
      rows={sorted.map(({ from, to, users }) => [from, name(to), users])}
    >
      <HeatGrid
        label={title}
        rows={rows}
        columns={targets.map((to, at) => ({ at, label: name(to) }))}
        width={targets.length}
        slanted
        scale={evenScale('lost', '0', counted(most, 'user'))}
        cells={rows.flatMap((from, row) =>
          targets.map((to, column) => {
            const users = steps.find((step) => step.from === from && step.to === to)?.users ?? 0;
            return {
              row,
              column,
              tint: users / most,
              tone: 'lost',
              title: `${from} › ${name(to)}`,
              lines: [counted(users, 'user')],
            };
          }),
        )}
      />
    </Figure>
  );
}

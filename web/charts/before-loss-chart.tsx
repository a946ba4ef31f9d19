import type { ReportBeforeLoss } from '../../src/report/report-leaving.ts';
import { beforeLossFinding, shareOfActions } from '../findings/leaving-findings.ts';
import { formatCount, formatPercentTick, formatShare } from '../words/number.ts';
import { counted, plural } from '../words/plural.ts';
import { Figure } from './figure.tsx';
import { IntervalPlot } from './interval-plot.tsx';

interface BeforeLossChartProps {
  readonly beforeLoss: ReportBeforeLoss;
  readonly loss: string;
}

/** All are in the table. */
const drawn = 10;

/** What was done last before a loss, beside how often it is done at all. */
export function BeforeLossChart({ beforeLoss, loss }: BeforeLossChartProps) {
  const title = beforeLossFinding(beforeLoss, loss);
  const { lost } = beforeLoss;
  const roles = [...beforeLoss.roles].sort((a, b) => b.last - a.last || b.actions - a.actions);
  const usual = shareOfActions(beforeLoss);
  return (
    <Figure
      name="before-loss"
      title={title}
      subtitle={`Share of ${plural(loss)} by the last action before. The cross is what it would be if ${plural(loss)} followed every action alike. Only actions that the definition gives a role are seen.`}
      legend={[
        { label: 'Share with 95% Wilson interval', tone: 'lost', mark: 'dot' },
        { label: 'Share of all actions', tone: 'baseline', mark: 'cross' },
      ]}
      columns={[
        { title: 'Last action' },
        { title: 'Users', format: formatCount },
        { title: 'Share', format: formatShare },
        { title: '95% interval', format: formatShare },
        { title: 'In the whole log', format: formatCount },
        { title: 'Share of all actions', format: formatShare },
      ]}
      rows={roles.map(({ action, actions, last, share }) => [
        action,
        last,
        share.value,
        share,
        actions,
        usual(actions),
      ])}
    >
      <IntervalPlot
        label={title}
        axis={`share of ${plural(loss)}`}
        include={[0]}
        format={formatShare}
        tickFormat={formatPercentTick}
        rows={roles.slice(0, drawn).map(({ action, actions, last, share }) => ({
          label: action,
          interval: share,
          tone: 'lost',
          expected: usual(actions),
          lines: [
            `${formatCount(last)} of ${counted(lost, loss)}`,
            `${formatShare(usual(actions))} of all actions`,
          ],
        }))}
      />
    </Figure>
  );
}

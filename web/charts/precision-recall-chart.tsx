import type { ReportModel } from '../../src/report/report-data.ts';
import { precisionRecallFinding } from '../findings/curve-findings.ts';
import { formatShare } from '../words/number.ts';
import { curveLegend } from './curve-legend.ts';
import { CurvePlot, type CurvePoint } from './curve-plot.tsx';
import { Figure } from './figure.tsx';

interface PrecisionRecallChartProps {
  readonly model: ReportModel;
  readonly baseline: ReportModel | undefined;
  /** Of the test examples: the precision of guessing. */
  readonly shareLost: number;
}

export function PrecisionRecallChart({ model, baseline, shareLost }: PrecisionRecallChartProps) {
  const title = precisionRecallFinding(model);
  return (
    <Figure
      name="precision-recall"
      title={title}
      subtitle="Precision against recall, as the threshold falls."
      legend={curveLegend(model, baseline, `Guessing: ${formatShare(shareLost)}`)}
      columns={['Recall', 'Precision'].map((name) => ({ title: name, format: formatShare }))}
      rows={model.precisionRecall.map(({ recall, precision }) => [recall, precision])}
    >
      <CurvePlot
        label={title}
        axisX="recall: share of leavers caught"
        axisY="precision: share of flagged that left"
        curve={pointsOf(model)}
        baseline={baseline && baseline !== model ? pointsOf(baseline) : []}
        noSkill={[
          { x: 0, y: shareLost },
          { x: 1, y: shareLost },
        ]}
      />
    </Figure>
  );
}

function pointsOf({ precisionRecall }: ReportModel): CurvePoint[] {
  return precisionRecall.map(({ recall, precision }) => ({ x: recall, y: precision }));
}

import type { ReportModel } from '../../src/report/report-data.ts';
import { rocFinding } from '../findings/curve-findings.ts';
import { formatShare } from '../words/number.ts';
import { curveLegend } from './curve-legend.ts';
import { CurvePlot, type CurvePoint } from './curve-plot.tsx';
import { Figure } from './figure.tsx';

export function RocChart({ model, baseline }: { model: ReportModel; baseline: ReportModel | undefined }) {
  const title = rocFinding(model);
  return (
    <Figure
      name="roc"
      title={title}
      subtitle="ROC: leavers caught against stayers flagged by mistake, as the threshold falls."
      legend={curveLegend(model, baseline, 'Guessing')}
      columns={['Stayers flagged', 'Leavers caught'].map((name) => ({ title: name, format: formatShare }))}
      rows={model.roc.map((point) => [point.falsePositiveRate, point.truePositiveRate])}
    >
      <CurvePlot
        label={title}
        axisX="share of stayers flagged"
        axisY="share of leavers caught"
        curve={pointsOf(model)}
        baseline={baseline && baseline !== model ? pointsOf(baseline) : []}
        noSkill={[
          { x: 0, y: 0 },
          { x: 1, y: 1 },
        ]}
      />
    </Figure>
  );
}

function pointsOf({ roc }: ReportModel): CurvePoint[] {
  return roc.map((point) => ({ x: point.falsePositiveRate, y: point.truePositiveRate }));
}

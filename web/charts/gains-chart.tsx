import type { ReportModel } from '../../src/report/report-data.ts';
import { gainsFinding } from '../findings/curve-findings.ts';
import { formatShare } from '../words/number.ts';
import { curveLegend } from './curve-legend.ts';
import { CurvePlot, type CurvePoint } from './curve-plot.tsx';
import { Figure } from './figure.tsx';

export function GainsChart({ model, baseline }: { model: ReportModel; baseline: ReportModel | undefined }) {
  const title = gainsFinding(model);
  return (
    <Figure
      name="gains"
      title={title}
      subtitle="Gains: leavers reached by contacting users from the highest score down."
      legend={curveLegend(model, baseline, 'Any order')}
      columns={['Users contacted', 'Leavers reached'].map((name) => ({ title: name, format: formatShare }))}
      rows={model.gains.map(({ share, captured }) => [share, captured])}
    >
      <CurvePlot
        label={title}
        axisX="share of users contacted"
        axisY="share of leavers reached"
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

function pointsOf({ gains }: ReportModel): CurvePoint[] {
  return gains.map(({ share, captured }) => ({ x: share, y: captured }));
}

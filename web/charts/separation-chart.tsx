import type { ReportExamples } from '../../src/report/report-examples.ts';
import { separationFinding } from '../findings/feature-findings.ts';
import { formatCount, formatMetric, formatQuantity } from '../words/number.ts';
import { Figure } from './figure.tsx';
import { IntervalPlot } from './interval-plot.tsx';

const drawn = 15;
const median = 10;

/** How well each feature alone tells the outcomes apart. */
export function SeparationChart({ examples }: { examples: ReportExamples }) {
  const title = separationFinding(examples);
  const { features } = examples;
  return (
    <Figure
      name="feature-separation"
      title={title}
      subtitle={`Chance that a user who leaves has a higher value than one who stays (AUC of the feature alone), with DeLong's 95% interval; ½ tells nothing. The ${formatCount(Math.min(drawn, features.length))} farthest from ½ of ${formatCount(features.length)}, the rest in the table.`}
      legend={[
        { label: 'AUC with 95% interval', tone: 'stayed', mark: 'dot' },
        { label: 'No difference: 0.5', tone: 'reference', mark: 'tick' },
      ]}
      columns={[
        { title: 'Feature' },
        { title: 'Unit' },
        { title: 'AUC', format: formatMetric },
        { title: '95% interval', format: formatMetric },
        { title: 'Median of the lost', format: formatQuantity },
        { title: 'Median of those who stayed', format: formatQuantity },
        { title: 'Missing', format: formatCount },
      ]}
      rows={features.map(({ name, unit, auc, lost, stayed }) => [
        name,
        unit,
        auc.value,
        auc,
        lost.quantiles[median],
        stayed.quantiles[median],
        lost.missing + stayed.missing,
      ])}
    >
      <IntervalPlot
        label={title}
        axis="AUC of the feature alone"
        reference={0.5}
        format={formatMetric}
        tickFormat={String}
        rows={features.slice(0, drawn).map(({ name, meaning, auc }) => ({
          label: name,
          interval: auc,
          tone: 'stayed',
          lines: [meaning],
        }))}
      />
    </Figure>
  );
}

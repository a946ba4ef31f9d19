import type { ReportExamples } from '../../src/report/report-examples.ts';
import { correlationFinding } from '../findings/feature-findings.ts';
import { formatMetric } from '../words/number.ts';
import { Figure } from './figure.tsx';
import { HeatGrid, type TintScale } from './heat-grid.tsx';

const negative = 'group4';
const positive = 'group5';

const scale: TintScale = {
  from: '−1',
  to: '1',
  steps: [-1, -0.5, 0, 0.5, 1].map((value) => ({ tone: toneOf(value), tint: Math.abs(value) })),
};

/** Spearman's correlations of features, in the order of their clusters. */
export function CorrelationMap({ correlations }: { correlations: ReportExamples['correlations'] }) {
  const { names, matrix } = correlations;
  const title = correlationFinding(correlations);
  return (
    <Figure
      wide
      name="feature-correlations"
      title={title}
      subtitle="Spearman's rank correlation of the features that tell the outcomes apart best, ordered by clusters of average linkage on 1 − |ρ|; columns stand in the order of the rows."
      columns={[
        { title: 'Feature' },
        { title: 'Other feature' },
        { title: 'Spearman’s ρ', format: formatMetric },
      ]}
      rows={names.flatMap((a, i) => names.slice(0, i).map((b, j) => [a, b, matrix[i][j]]))}
    >
      <HeatGrid
        label={title}
        rows={names}
        columns={[]}
        width={names.length}
        rowHeight={names.length > 12 ? 15 : 26}
        scale={scale}
        cells={matrix.flatMap((values, row) =>
          values.map((value, column) => ({
            row,
            column,
            tint: Math.abs(value),
            tone: toneOf(value),
            title: `${names[row]} and ${names[column]}`,
            lines: [`ρ = ${formatMetric(value)}`],
          })),
        )}
      />
    </Figure>
  );
}

function toneOf(value: number): string {
  return value < 0 ? negative : positive;
}

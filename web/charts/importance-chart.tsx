import type { ReportLearning } from '../../src/report/report-data.ts';
import { formatMetric, formatQuantity } from '../words/number.ts';
import { shortMeaning } from '../words/short-meaning.ts';
import { Figure } from './figure.tsx';
import { IntervalPlot } from './interval-plot.tsx';

interface ImportanceChartProps {
  readonly title: string;
  readonly features: ReportLearning['features'];
}

const drawn = 15;

/** Permutation importance of the first features; the table has all. */
export function ImportanceChart({ title, features }: ImportanceChartProps) {
  return (
    <Figure
      wide
      name="importance"
      title={title}
      subtitle="Fall in average precision on test rows when a feature is shuffled. Features that say the same share their importance, so each looks smaller."
      legend={[
        { label: 'Interval above zero', tone: 'stayed', mark: 'dot' },
        { label: 'Interval includes zero', tone: 'baseline', mark: 'dot' },
      ]}
      columns={[
        { title: 'Feature' },
        { title: 'Meaning' },
        { title: 'Unit' },
        { title: 'Theme' },
        { title: 'Importance', format: formatMetric },
        { title: '95% interval', format: formatMetric },
      ]}
      rows={features.map(({ name, meaning, unit, theme, importance }) => [
        name,
        meaning,
        unit,
        theme,
        importance.value,
        importance,
      ])}
    >
      <IntervalPlot
        label={title}
        axis="fall in average precision"
        reference={0}
        format={formatMetric}
        tickFormat={formatQuantity}
        rows={features.slice(0, drawn).map(({ name, meaning, unit, theme, importance }) => ({
          label: shortMeaning(meaning),
          interval: importance,
          tone: importance.low > 0 ? 'stayed' : 'baseline',
          lines: [meaning, name, unit === '' ? theme : `${theme}, in ${unit}`],
        }))}
      />
    </Figure>
  );
}

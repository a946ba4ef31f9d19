import type { ReportCoefficients } from '../../src/report/report-explanation.ts';
import type { Meanings } from '../report/meanings.ts';
import { formatCount, formatMetric, formatQuantity } from '../words/number.ts';
import { shortMeaning } from '../words/short-meaning.ts';
import { slug } from '../words/slug.ts';
import { Figure } from './figure.tsx';
import { IntervalPlot } from './interval-plot.tsx';

interface CoefficientChartProps {
  readonly coefficients: ReportCoefficients;
  readonly meanings: Meanings;
}

/** The largest coefficients of a linear model, with how far other users would move them. */
export function CoefficientChart({
  coefficients: { model, title: learner, folds, terms },
  meanings,
}: CoefficientChartProps) {
  const clear = terms.filter(({ coefficient }) => coefficient.low > 0 || coefficient.high < 0);
  const title = `${learner}: ${formatCount(clear.length)} of its ${formatCount(terms.length)} largest coefficients differ clearly from zero`;
  const named = terms.map((term) => ({
    ...term,
    meaning: `${meanings.of(term.feature)}${term.isMissing ? ' (no value)' : ''}`,
  }));
  return (
    <Figure
      name={`coefficients-${slug(model)}`}
      wide
      title={title}
      subtitle={`Change in log-odds of leaving for a standard deviation more; mean of ${formatCount(folds)} models, each without a fold of users, with the jackknife’s 95% interval. The penalty draws all to zero, and shares what several features say among them.`}
      legend={[
        { label: 'Raises the risk', tone: 'lost', mark: 'dot' },
        { label: 'Lowers it', tone: 'stayed', mark: 'dot' },
        { label: 'Interval includes zero', tone: 'baseline', mark: 'dot' },
      ]}
      columns={[
        { title: 'Feature' },
        { title: 'Meaning' },
        { title: 'Coefficient', format: formatMetric },
        { title: '95% interval', format: formatMetric },
      ]}
      rows={named.map(({ feature, meaning, coefficient }) => [
        feature,
        meaning,
        coefficient.value,
        coefficient,
      ])}
    >
      <IntervalPlot
        label={title}
        axis="change in log-odds, a standard deviation"
        reference={0}
        format={formatMetric}
        tickFormat={formatQuantity}
        rows={named.map(({ feature, isMissing, meaning, coefficient }) => ({
          label: `${shortMeaning(meanings.of(feature))}${isMissing ? ' (no value)' : ''}`,
          interval: coefficient,
          tone: toneOf(coefficient),
          lines: [meaning, feature],
        }))}
      />
    </Figure>
  );
}

function toneOf({ low, high }: { readonly low: number; readonly high: number }): string {
  if (low > 0) return 'lost';
  return high < 0 ? 'stayed' : 'baseline';
}

import { useState } from 'preact/hooks';
import type { ReportExamples } from '../../src/report/report-examples.ts';
import { CorrelationMap } from '../charts/correlation-map.tsx';
import { FeatureDistributionChart } from '../charts/feature-distribution-chart.tsx';
import { SeparationChart } from '../charts/separation-chart.tsx';
import { formatDay, parseDay } from '../words/date.ts';
import { formatCount } from '../words/number.ts';
import { counted } from '../words/plural.ts';

interface FeatureDistributionsProps {
  readonly examples: ReportExamples;
  readonly horizonDays: number;
  readonly retrospective: boolean;
}

/** What the features of those who left were like before, beside those of who stayed. */
export function FeatureDistributions({ examples, horizonDays, retrospective }: FeatureDistributionsProps) {
  const { day, users, lost, features, correlations } = examples;
  const [selected, select] = useState(features[0]?.name);
  const feature = features.find(({ name }) => name === selected);
  return (
    <>
      <h3 class="part-title">By feature, before the outcome was known</h3>
      <p class="aside">
        {retrospective
          ? `The features at the end of the log, of ${counted(users, 'user')}, of whom ${formatCount(lost)} were ever lost: traces of the outcome are in them.`
          : `The features of ${counted(users, 'user')} as of ${formatDay(parseDay(day))}, the cutoff with the most losses: ${formatCount(lost)} of these users were lost within the ${counted(horizonDays, 'day')} of its label window.`}
      </p>
      <SeparationChart examples={examples} />
      {feature && (
        <>
          <p class="select-feature">
            <label for="feature">Feature</label>{' '}
            <select id="feature" value={feature.name} onChange={(event) => select(event.currentTarget.value)}>
              {features.map(({ name }) => (
                <option key={name} value={name}>
                  {name}
                </option>
              ))}
            </select>
          </p>
          <FeatureDistributionChart feature={feature} />
        </>
      )}
      <CorrelationMap correlations={correlations} />
    </>
  );
}

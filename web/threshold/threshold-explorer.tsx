import { useState } from 'preact/hooks';
import type { ReportModel } from '../../src/report/report-data.ts';
import { Figure } from '../charts/figure.tsx';
import { confusionFinding } from '../findings/curve-findings.ts';
import {
  formatCompact,
  formatCount,
  formatPercentTick,
  formatQuantity,
  formatShare,
} from '../words/number.ts';
import { ConfusionTable } from './confusion-table.tsx';
import { DecisionPlot } from './decision-plot.tsx';
import {
  breakEven,
  decisionsOf,
  examplePrices,
  f1Of,
  flaggedBy,
  flaggedShare,
  nearest,
  netValue,
  precisionOf,
  recallOf,
} from './decisions.ts';
import { PriceInputs } from './price-inputs.tsx';
import { ThresholdSlider } from './threshold-slider.tsx';

/** What a model would have decided on test rows at any threshold, and what that would have been worth. */
export function ThresholdExplorer({ model }: { model: ReportModel }) {
  const { threshold: chosen } = model;
  const decisions = decisionsOf(model.thresholds);
  const [at, setAt] = useState(() => nearest(decisions, chosen));
  const [prices, setPrices] = useState(examplePrices);
  const decision = decisions[at];
  const value = netValue(decision, prices);
  const title = `${model.title} at ${formatShare(decision.threshold)}: ${confusionFinding(decision)}`;
  return (
    <Figure
      name="threshold"
      wide
      title={title}
      subtitle={`Test examples. The threshold ${formatShare(chosen)} was chosen on validation rows; to choose one here, where the outcome is known, flatters it.`}
      legend={[
        { label: 'Precision', tone: 'stayed', mark: 'line' },
        { label: 'Recall', tone: 'lost', mark: 'dashed' },
        { label: 'F1', tone: 'baseline', mark: 'dotted' },
        { label: 'Net value', tone: 'score', mark: 'line' },
        { label: 'This threshold', tone: 'reference', mark: 'tick' },
      ]}
      columns={[
        { title: 'Threshold', format: formatShare },
        ...['Caught', 'False alarms', 'Missed', 'Left alone'].map((name) => ({
          title: name,
          format: formatCount,
        })),
        ...['Precision', 'Recall', 'F1'].map((name) => ({ title: name, format: formatShare })),
        { title: 'Net value', format: formatQuantity },
      ]}
      rows={decisions.map((one) => [
        one.threshold,
        one.truePositives,
        one.falsePositives,
        one.falseNegatives,
        one.trueNegatives,
        precisionOf(one),
        recallOf(one),
        f1Of(one),
        netValue(one, prices),
      ])}
    >
      <div class="explorer">
        <div class="levers">
          <ThresholdSlider decisions={decisions} at={at} chosen={chosen} prices={prices} onChange={setAt} />
          <PriceInputs prices={prices} onChange={setPrices} />
          <p class="aside">
            The prices are examples: put in your own. If probabilities come true, an offer pays from{' '}
            {formatShare(breakEven(prices))} on.
          </p>
        </div>
        <ConfusionTable decision={decision} />
        <dl class="readout" aria-live="polite">
          <Reading name="Precision" value={formatShare(precisionOf(decision))} />
          <Reading name="Recall" value={formatShare(recallOf(decision))} />
          <Reading name="F1" value={formatShare(f1Of(decision))} />
          <Reading
            name="Flagged"
            value={`${formatCount(flaggedBy(decision))} (${formatShare(flaggedShare(decision))})`}
          />
          <Reading name="Offers cost" value={formatQuantity(flaggedBy(decision) * prices.offer)} />
          <Reading name="Net value" value={formatQuantity(value)} />
        </dl>
      </div>
      <div class="pair">
        <DecisionPlot
          label="Precision, recall and F1 by share flagged"
          axis="precision, recall, F1"
          decisions={decisions}
          at={at}
          include={[0, 1]}
          format={formatShare}
          tickFormat={formatPercentTick}
          lines={[
            { name: 'precision', stroke: 'stayed', value: precisionOf },
            { name: 'recall', stroke: 'lost dashed', value: recallOf },
            { name: 'F1', stroke: 'baseline dotted', value: f1Of },
          ]}
        />
        <DecisionPlot
          label="Net value by share flagged"
          axis="net value, in your money"
          decisions={decisions}
          at={at}
          include={[0]}
          format={formatQuantity}
          tickFormat={formatCompact}
          lines={[{ name: 'net value', stroke: 'score', value: (one) => netValue(one, prices) }]}
        />
      </div>
    </Figure>
  );
}

function Reading({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

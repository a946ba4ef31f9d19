import type { ReportLearning } from '../../src/report/report-data.ts';
import { AttributionChart } from '../charts/attribution-chart.tsx';
import { CoefficientChart } from '../charts/coefficient-chart.tsx';
import { EffectChart } from '../charts/effect-chart.tsx';
import { ImportanceChart } from '../charts/importance-chart.tsx';
import { InteractionTable } from '../charts/interaction-table.tsx';
import { importanceFinding } from '../findings/curve-findings.ts';
import { meaningsOf } from '../report/meanings.ts';

/** What features are worth to the chosen model, which way they move it, and what linear models weigh. */
export function ExplanationPart({ learning }: { learning: ReportLearning }) {
  const { features, explanation } = learning;
  const { attributions, effects, interactions, coefficients } = explanation;
  const meanings = meaningsOf(learning);
  return (
    <>
      <p class="aside">
        All of this tells of the model, not of causes: a feature may matter because it goes with what makes
        users leave.
      </p>
      <ImportanceChart title={importanceFinding(features)} features={features} />
      <AttributionChart attributions={attributions} meanings={meanings} />
      <div class="grid">
        {effects.map((effect) => (
          <EffectChart key={effect.feature} effect={effect} meanings={meanings} />
        ))}
        {interactions.length > 0 && <InteractionTable interactions={interactions} meanings={meanings} />}
      </div>
      {coefficients.map((one) => (
        <CoefficientChart key={one.model} coefficients={one} meanings={meanings} />
      ))}
    </>
  );
}

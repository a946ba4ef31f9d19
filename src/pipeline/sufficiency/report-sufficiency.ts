import type { ReportSufficiency } from '../../report/report-sufficiency.ts';
import { ablationFindings } from './ablation-findings.ts';
import type { Sufficiency } from './sufficiency.ts';

/** A verdict as the report shows it. */
export function reportSufficiency({
  verdict,
  words,
  criteria,
  precision,
  measured,
}: Sufficiency): ReportSufficiency {
  const told = { verdict, words, criteria, precision };
  if (measured === undefined) return told;
  const { learnerTitle, curves, ablation } = measured;
  return {
    ...told,
    measured: { learner: learnerTitle, curves, ablation, ablationFindings: ablationFindings(ablation) },
  };
}

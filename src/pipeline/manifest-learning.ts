import type { ForecastOutcome } from './forecast-outcome.ts';
import { type LearningPart, type Manifest, sha256 } from './manifest.ts';
import { modelFileText } from './model-file.ts';
import type { Sufficiency } from './sufficiency/sufficiency.ts';

/** The part of a manifest that tells what was learned of an outcome. */
export function learningPart({ settings, forecast }: ForecastOutcome): LearningPart {
  if (typeof forecast === 'string') return { nothingToLearn: forecast };
  const { learned, sufficiency, noRiskByDay } = forecast;
  const { judged, chosen, selection } = learned;
  return {
    fitSeconds: Object.fromEntries(judged.map(({ name, fitSeconds }) => [name, fitSeconds])),
    chosenModel: chosen.name,
    modelSha256: sha256(modelFileText(settings, chosen)),
    calibration: chosen.calibration.name,
    selection: { order: selection.order, words: selection.words },
    ...judgementPart(sufficiency),
    ...(noRiskByDay === undefined ? {} : { noRiskByDay }),
  };
}

/** The same of outcomes beside the run's own, by name. */
export function outcomesPart(others: readonly ForecastOutcome[]): Pick<Manifest, 'outcomes'> {
  if (others.length === 0) return {};
  return {
    outcomes: Object.fromEntries(
      others.map((other) => [other.outcome.name, { lost: other.lost, ...learningPart(other) }]),
    ),
  };
}

function judgementPart(sufficiency: Sufficiency | undefined): Pick<LearningPart, 'sufficiency'> {
  if (sufficiency === undefined) return {};
  const { verdict, words, criteria } = sufficiency;
  return { sufficiency: { verdict, words, criteria } };
}

import type { ReportLearning } from '../../src/report/report-data.ts';

/** What features are called and measured in; a feature that is not described goes by its name. */
export interface Meanings {
  of(feature: string): string;
  unitOf(feature: string): string;
}

export function meaningsOf({ catalogue, features }: ReportLearning): Meanings {
  const known = new Map<string, { readonly meaning: string; readonly unit: string }>();
  catalogue.name.forEach((name, i) => {
    known.set(name, { meaning: catalogue.meaning[i], unit: catalogue.unit[i] });
  });
  for (const { name, meaning, unit } of features) known.set(name, { meaning, unit });
  return {
    of: (feature) => known.get(feature)?.meaning ?? feature,
    unitOf: (feature) => known.get(feature)?.unit ?? '',
  };
}

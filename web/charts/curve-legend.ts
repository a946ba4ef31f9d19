import type { ReportModel } from '../../src/report/report-data.ts';
import type { LegendEntry } from './legend.tsx';

/** The legend that the charts of one model beside the baseline share. */
export function curveLegend(
  model: ReportModel,
  baseline: ReportModel | undefined,
  noSkill: string,
): LegendEntry[] {
  const compared: LegendEntry[] =
    baseline && baseline !== model ? [{ label: baseline.title, tone: 'baseline', mark: 'dashed' }] : [];
  return [
    { label: model.title, tone: 'stayed', mark: 'line' },
    ...compared,
    { label: noSkill, tone: 'reference', mark: 'line' },
  ];
}

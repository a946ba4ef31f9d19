import { useEffect, useState } from 'preact/hooks';
import type { ReportData } from '../src/report/report-data.ts';
import { Header } from './header.tsx';
import { Navigation } from './navigation.tsx';
import type { Report } from './report/read-report.ts';
import { Provenance } from './save/provenance.ts';
import { AtRiskSection } from './sections/at-risk-section.tsx';
import { LeaversSection } from './sections/leavers-section.tsx';
import { LogSection } from './sections/log-section.tsx';
import { MethodSection } from './sections/method-section.tsx';
import { ModelsSection } from './sections/models-section.tsx';
import { OverviewSection } from './sections/overview-section.tsx';
import { formatDay } from './words/date.ts';

export function App({ report }: { report: Report }) {
  const { meta } = report.data;
  const isWhole = useTrueAfterPaint();
  useEffect(() => {
    document.title = `Churn report: ${meta.definition}`;
  }, [meta.definition]);
  useEffect(() => {
    // The browser looked for the address's section before it was drawn.
    if (isWhole) document.getElementById(location.hash.slice(1))?.scrollIntoView();
  }, [isWhole]);
  return (
    <Provenance.Provider value={provenance(report.data)}>
      <a class="skip" href="#overview">
        Skip to the report
      </a>
      <Header subject={`churn report of ${meta.definition}`} createdAt={meta.createdAt} />
      <div class="columns">
        <Navigation isWhole={isWhole} />
        <main aria-busy={!isWhole}>
          <OverviewSection report={report} />
          {isWhole && (
            <>
              <LogSection data={report.data} />
              <LeaversSection data={report.data} />
              <ModelsSection data={report.data} />
              <AtRiskSection report={report} />
              <MethodSection data={report.data} />
            </>
          )}
        </main>
      </div>
    </Provenance.Provider>
  );
}

/** False at first, so that the overview is seen before the rest, which takes ten times as long, is drawn. */
function useTrueAfterPaint(): boolean {
  const [isPainted, setPainted] = useState(false);
  useEffect(() => setPainted(true), []);
  return isPainted;
}

/** What a picture must say that has left the report. */
function provenance({ meta, log }: ReportData): string {
  const span = `${formatDay(log.firstEvent)} – ${formatDay(log.lastEvent)}`;
  return [`Log “${meta.definition}”, ${span}.`, meta.note, `Refrain ${meta.version}.`]
    .filter(Boolean)
    .join(' ');
}

import type { ReportData } from '../../src/report/report-data.ts';
import { countAtRisk } from '../findings/at-risk.ts';
import { judgeModel } from '../findings/model-verdict.ts';
import type { Report } from '../report/read-report.ts';
import { daysCovered, formatDay } from '../words/date.ts';
import { formatCount } from '../words/number.ts';
import { counted } from '../words/plural.ts';
import { LeakNotice, Notice } from './notice.tsx';
import { Actions, Certainty, Drivers } from './overview-answers.tsx';
import { KeyFigures } from './overview-figures.tsx';

export function OverviewSection({ report }: { report: Report }) {
  const { data } = report;
  const { log, meta, learning } = data;
  return (
    <section id="overview" class="section overview" aria-labelledby="overview-title">
      <p class="eyebrow">
        {formatDay(log.firstEvent)} – {formatDay(log.lastEvent)},{' '}
        {counted(daysCovered(log.firstEvent, log.lastEvent), 'day')}
        {meta.note && (
          <>
            . <strong>{meta.note}</strong>
          </>
        )}
      </p>
      <h1 id="overview-title">{headline(report)}</h1>
      <LeakNotice protocol={meta.protocol} />
      <KeyFigures report={report} />
      {learning ? (
        <div class="answers">
          <Certainty verdict={judgeModel(learning)} learning={learning} />
          <Drivers learning={learning} />
          <Actions report={report} learning={learning} />
        </div>
      ) : (
        <Notice title="No model was trained.">{data.nothingToLearn}</Notice>
      )}
    </section>
  );
}

function headline({ data, scores }: Report): string {
  const { learning, log, meta } = data;
  if (!learning) return `${counted(log.lost, meta.words.loss)} among ${counted(log.users, 'user')}`;
  const { expectedLosses, users } = countAtRisk(scores.probability, learning.confusion.threshold);
  const { againstChance } = judgeModel(learning);
  const claim = `About ${formatCount(Math.round(expectedLosses))} of ${counted(users, 'user')} ${expectation(data)}`;
  return againstChance === 'better' ? claim : `${claim}, but the model is not shown to beat guessing`;
}

function expectation({ meta }: ReportData): string {
  if (meta.protocol === 'retrospective') return 'look like those who left';
  const claim = `can be expected to leave within ${counted(meta.horizonDays, 'day')}`;
  return meta.leadDays === 0 ? claim : `${claim}, after a lead of ${counted(meta.leadDays, 'day')}`;
}

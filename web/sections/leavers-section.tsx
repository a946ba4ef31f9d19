import type { ReportData } from '../../src/report/report-data.ts';
import { GroupChart } from '../charts/group-chart.tsx';
import { QuantileChart } from '../charts/quantile-chart.tsx';
import { SurvivalChart } from '../charts/survival-chart.tsx';
import { behaviourFinding, byMeasure } from '../findings/behaviour-finding.ts';
import { survivalFinding } from '../findings/log-findings.ts';
import { formatShare } from '../words/number.ts';
import { counted } from '../words/plural.ts';
import { Section } from './section.tsx';

export function LeaversSection({ data: { log, meta, who, behaviour, survival } }: { data: ReportData }) {
  const overall = log.users === 0 ? 0 : log.lost / log.users;
  return (
    <Section
      id="leavers"
      title="Who leaves"
      lead={`${counted(log.lost, meta.words.loss)} among ${counted(log.users, 'user')}, ${formatShare(overall)}.`}
    >
      <h3 class="part-title">By attribute</h3>
      <p class="aside">
        Each dot is the share lost with its 95% Wilson interval, the line is the share of all users. Where
        many values are compared, one in twenty intervals misses its true share by chance alone.
      </p>
      <div class="grid">
        {who.map((group) => (
          <GroupChart key={group.attribute} group={group} overall={overall} />
        ))}
      </div>
      <h3 class="part-title">By behaviour</h3>
      <p class="aside">
        Over the whole log. Users who left early had less time to do anything, so a lower count of theirs is
        in part a consequence of leaving, not its cause.
      </p>
      <div class="grid">
        {byMeasure(behaviour).map((measures) => (
          <QuantileChart key={measures[0].measure} title={behaviourFinding(measures)} measures={measures} />
        ))}
      </div>
      <h3 class="part-title">Over time</h3>
      <SurvivalChart title={survivalFinding(survival)} points={survival} />
    </Section>
  );
}

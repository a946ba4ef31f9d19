import type { ReportData } from '../../src/report/report-data.ts';
import { BeforeLossChart } from '../charts/before-loss-chart.tsx';
import { CohortTriangle } from '../charts/cohort-triangle.tsx';
import { GroupChart } from '../charts/group-chart.tsx';
import { GroupSurvivalChart } from '../charts/group-survival-chart.tsx';
import { IncidenceChart } from '../charts/incidence-chart.tsx';
import { QuantileChart } from '../charts/quantile-chart.tsx';
import { isOfStates, StateMap } from '../charts/state-map.tsx';
import { StepMatrix } from '../charts/step-matrix.tsx';
import { SurvivalChart } from '../charts/survival-chart.tsx';
import { TimeToLossChart } from '../charts/time-to-loss-chart.tsx';
import { behaviourFinding, byMeasure } from '../findings/behaviour-finding.ts';
import { survivalFinding } from '../findings/log-findings.ts';
import { formatShare } from '../words/number.ts';
import { counted } from '../words/plural.ts';
import { FeatureDistributions } from './feature-distributions.tsx';
import { PathsToLoss } from './paths-to-loss.tsx';
import { Section } from './section.tsx';

export function LeaversSection({ data }: { data: ReportData }) {
  const { log, meta, learning } = data;
  return (
    <Section
      id="leavers"
      title="Who leaves"
      lead={`${counted(log.lost, meta.words.loss)} among ${counted(log.users, 'user')}, ${formatShare(overallShare(data))}.`}
    >
      <ByAttribute data={data} />
      <OverTime data={data} />
      <BeforeLoss data={data} />
      <ByBehaviour data={data} />
      {learning?.examples && (
        <FeatureDistributions
          examples={learning.examples}
          horizonDays={meta.horizonDays}
          retrospective={meta.protocol === 'retrospective'}
        />
      )}
    </Section>
  );
}

function overallShare({ log }: ReportData): number {
  return log.users === 0 ? 0 : log.lost / log.users;
}

function ByAttribute({ data }: { data: ReportData }) {
  const overall = overallShare(data);
  const states = data.who.filter(isOfStates);
  const others = data.who.filter((group) => !isOfStates(group));
  return (
    <>
      <h3 class="part-title">By attribute</h3>
      <p class="aside">
        Each dot is the share lost with its 95% Wilson interval, the line is the share of all users. Where
        many values are compared, one in twenty intervals misses its true share by chance alone.
      </p>
      <div class="grid">
        {others.map((group) => (
          <GroupChart
            key={group.attribute}
            group={group}
            overall={overall}
            ordered={group.attribute === 'registration month'}
          />
        ))}
        {states.map((group) => (
          <StateMap key={group.attribute} group={group} overall={overall} />
        ))}
      </div>
    </>
  );
}

function OverTime({ data: { survival, leaving } }: { data: ReportData }) {
  return (
    <>
      <h3 class="part-title">Over time</h3>
      <SurvivalChart title={survivalFinding(survival)} points={survival} />
      {leaving.incidence.length > 0 && <IncidenceChart incidence={leaving.incidence} />}
      <div class="grid">
        {leaving.survival.map((one) => (
          <GroupSurvivalChart key={one.attribute} survival={one} />
        ))}
        <CohortTriangle cohorts={leaving.cohorts} />
      </div>
    </>
  );
}

function BeforeLoss({ data: { leaving, meta } }: { data: ReportData }) {
  const { beforeLoss } = leaving;
  const { loss } = meta.words;
  if (beforeLoss.roles.length === 0) return null;
  return (
    <>
      <h3 class="part-title">What came before</h3>
      <div class="grid">
        <BeforeLossChart beforeLoss={beforeLoss} loss={loss} />
        <TimeToLossChart beforeLoss={beforeLoss} loss={loss} />
        <PathsToLoss beforeLoss={beforeLoss} loss={loss} />
        <StepMatrix beforeLoss={beforeLoss} loss={loss} />
      </div>
    </>
  );
}

function ByBehaviour({ data: { behaviour } }: { data: ReportData }) {
  return (
    <>
      <h3 class="part-title">By behaviour, over the whole log</h3>
      <p class="aside">
        Users who left early had less time to do anything, so a lower count of theirs is in part a consequence
        of leaving, not its cause.
      </p>
      <div class="grid">
        {byMeasure(behaviour).map((measures) => (
          <QuantileChart key={measures[0].measure} title={behaviourFinding(measures)} measures={measures} />
        ))}
      </div>
    </>
  );
}

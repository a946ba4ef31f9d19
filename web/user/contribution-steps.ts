import type { ReportScoreFeature, ReportScores } from '../../src/report/report-user.ts';
import { scaleOf } from '../../src/report/score-scale.ts';
import { valueInWords } from '../../src/report/value-in-words.ts';
import type { User } from '../report/user-blocks.ts';
import { addDays, formatDayTick, parseDay } from '../words/date.ts';
import { capitalised } from '../words/plural.ts';

/** One line of the sum that a score is, in units of 1 / scale. */
export interface ContributionStep {
  readonly key: string;
  readonly kind: 'base' | 'part' | 'score';
  readonly what: string;
  /** In words; '' where there is none. */
  readonly value: string;
  readonly median: string;
  /** Which days of the timeline it looks back on. */
  readonly days: string;
  readonly from: number;
  readonly to: number;
}

/** The base, each contribution kept, the sum of the others, and the score. */
export function contributionSteps(
  { contributions, others, score }: User,
  { features, unit, base, day, firstDay }: ReportScores,
): ContributionStep[] {
  const nothing = { value: '', median: '', days: '' };
  let sum = Math.round(base * scaleOf[unit]);
  const steps: ContributionStep[] = [
    { key: 'base', kind: 'base', what: 'Base: the mean over training', ...nothing, from: sum, to: sum },
  ];
  const add = (
    key: string,
    step: Pick<ContributionStep, 'what' | 'value' | 'median' | 'days'>,
    size: number,
  ) => {
    steps.push({ key, kind: 'part', ...step, from: sum, to: sum + size });
    sum += size;
  };
  for (const { feature, value, contribution } of contributions) {
    const { name, meaning, unit: measured, median, days } = features[feature];
    const words = {
      what: capitalised(meaning),
      value: valueInWords(value, measured),
      median: valueInWords(median, measured),
      days: daysLookedAt(days, day, firstDay),
    };
    add(name, words, contribution);
  }
  add('others', { what: 'All other features together', ...nothing }, others);
  steps.push({ key: 'score', kind: 'score', what: 'Score', ...nothing, from: score, to: score });
  return steps;
}

/** "24 Nov–30 Nov" */
function daysLookedAt(days: ReportScoreFeature['days'], day: string, firstDay: string): string {
  const end = parseDay(day);
  const start = days === undefined ? parseDay(firstDay) : addDays(end, -days);
  return `${formatDayTick(start)}–${formatDayTick(addDays(end, -1))}`;
}

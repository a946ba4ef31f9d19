import type { ReportLearning } from '../../src/report/report-data.ts';
import { formatDay, parseDay } from '../words/date.ts';
import { counted } from '../words/plural.ts';

export function splitFinding(cutoffs: ReportLearning['cutoffs']): string {
  const train = cutoffs.filter(({ role }) => role === 'train');
  const test = cutoffs.filter(({ role }) => role === 'test');
  if (train.length === 0 || test.length === 0) return 'The run states no split by time';
  const [first] = test;
  return `Learnt on ${counted(train.length, 'cutoff')}, tested on ${counted(test.length, 'cutoff')} from ${formatDay(parseDay(first.day))} on`;
}

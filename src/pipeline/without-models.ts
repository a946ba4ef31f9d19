import type { Judged } from './judge-learners.ts';
import type { Learned } from './learn.ts';

/** What was learned, in numbers: all but the models, which are large. */
export interface LearnedNumbers extends Omit<Learned, 'judged' | 'chosen' | 'tuning'> {
  readonly judged: readonly JudgedNumbers[];
  readonly chosen: JudgedNumbers;
}

type JudgedNumbers = Omit<Judged, 'model' | 'foldModels'>;

/** What a thread needs that judges, but predicts nothing. */
export function withoutModels({ judged, chosen, tuning: _, ...rest }: Learned): LearnedNumbers {
  return { ...rest, judged: judged.map(numbersOf), chosen: numbersOf(chosen) };
}

function numbersOf({ model: _, foldModels: __, ...numbers }: Judged): JudgedNumbers {
  return numbers;
}

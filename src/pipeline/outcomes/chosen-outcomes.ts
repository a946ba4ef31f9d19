import { LOSS, type Outcome, outcomeNamed } from '../../definition/outcomes.ts';
import type { Definition } from '../../definition/schema.ts';
import { UsageError } from '../../errors.ts';

/** Of a run's settings what says which outcomes it forecasts, and what else it is to do. */
export interface OutcomeChoice {
  readonly definition: Definition;
  /** Names; absent: the definition's loss alone. */
  readonly outcomes?: readonly string[];
  readonly protocol: 'forecast' | 'retrospective';
  readonly fullAudit?: boolean;
  readonly publish?: string;
}

/** The outcomes of a run, the first of which is its own. @throws UsageError for a name that the definition does not have. */
export function chosenOutcomes({
  definition,
  outcomes = [LOSS],
}: Pick<OutcomeChoice, 'definition' | 'outcomes'>): Outcome[] {
  return outcomes.map((name) => outcomeNamed(definition, name));
}

/** @throws UsageError for outcomes that cannot be had, or not together with what else is asked for. */
export function checkOutcomes(choice: OutcomeChoice): void {
  const chosen = chosenOutcomes(choice);
  const names = chosen.map(({ name }) => name);
  const refuse = (message: string) => {
    throw new UsageError(message, { outcomes: names });
  };
  if (names.length === 0) refuse('No outcome is named; leave --outcome out for the loss alone.');
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) refuse(`The outcome "${twice}" is named twice.`);
  const other = chosen.find(({ kind }) => kind !== 'loss');
  if (other !== undefined && choice.protocol === 'retrospective') {
    refuse(
      `"${other.name}" can only be forecast: over the whole history its actions or its silence are the label itself. Leave out --protocol retrospective.`,
    );
  }
  if (other !== undefined && choice.fullAudit === true) {
    refuse(
      `A full audit is of the loss alone; leave out --audit, or the outcome "${other.name}". The checks that cost little are done for every outcome.`,
    );
  }
  if (names.length > 1 && choice.publish !== undefined) {
    refuse(`Of ${names.length} outcomes no scores can be published under one name: run with one at a time.`);
  }
}

import { z } from 'zod';
import { UsageError } from '../errors.ts';
import type { Definition } from './schema.ts';

const named = {
  name: z.string(),
  /** What the report calls one, a singular noun. */
  word: z.string(),
};

/** What is to be forecast: the definition's loss, or what else counts as leaving. */
export const outcomeSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('loss'), ...named }),
  /** The first action of these roles, or also the loss. */
  z.strictObject({
    kind: z.literal('roles'),
    ...named,
    roles: z.array(z.string()),
    withLoss: z.boolean(),
    /** Only who is on a paid plan is at risk. */
    onlyPaid: z.boolean(),
  }),
  /** The first day that ends on a free plan after one that ended on a paid one. */
  z.strictObject({ kind: z.literal('unpaid'), ...named }),
  /** So many days without an event, not counting what follows the loss. */
  z.strictObject({ kind: z.literal('silence'), ...named, days: z.int().min(1) }),
]);

export type Outcome = z.infer<typeof outcomeSchema>;

/** The name that the definition's loss goes by. */
export const LOSS = 'loss';

/** The outcome of a name. @throws UsageError that names those that the definition has. */
export function outcomeNamed(definition: Definition, name: string): Outcome {
  const { loss, outcomes = {}, roles, words } = definition;
  if (name === LOSS) return { kind: 'loss', name, word: words.loss };
  if (!Object.hasOwn(outcomes, name)) {
    throw new UsageError(
      `The definition "${definition.name}" has no outcome "${name}"; it has ${[LOSS, ...Object.keys(outcomes)].join(', ')}.`,
      { outcome: name },
    );
  }
  const { actions, silentDays, atRisk, word = name } = outcomes[name];
  const common = { name, word };
  if (silentDays !== undefined) return { kind: 'silence', ...common, days: silentDays };
  if (actions === undefined) return { kind: 'unpaid', ...common };
  const others = actions.filter((action) => !loss.actions.includes(action));
  const withLoss = others.length < actions.length;
  if (others.length === 0) return { kind: 'loss', ...common };
  const own = Object.keys(roles).filter((role) => roles[role].every((action) => others.includes(action)));
  return { kind: 'roles', ...common, roles: own, withLoss, onlyPaid: atRisk === 'paid' };
}

/** What the outcome is, in a sentence's words. */
export function outcomeInWords(outcome: Outcome, { loss, roles, columns }: Definition): string {
  switch (outcome.kind) {
    case 'loss':
      return listed(loss.actions);
    case 'roles':
      return listed([
        ...outcome.roles.flatMap((role) => roles[role]),
        ...(outcome.withLoss ? loss.actions : []),
      ]);
    case 'unpaid':
      return `change of “${columns.plan ?? 'plan'}” from a paid plan to a free one`;
    case 'silence':
      return `silence of ${outcome.days} days`;
  }
}

/** That it never came, in a sentence's words. */
export function noneInWords(outcome: Outcome, definition: Definition): string {
  const isAction = outcome.kind === 'loss' || outcome.kind === 'roles';
  return `${isAction ? 'no event is' : 'there is no'} ${outcomeInWords(outcome, definition)}`;
}

function listed(actions: readonly string[]): string {
  return actions.map((action) => `“${action}”`).join(', ');
}

import { z } from 'zod';
import { checkCase, checkTypes, columns, name } from './columns.ts';

const values = z.array(z.string()).min(1);
const roleName = /^[a-z][a-z0-9_]{0,39}$/;

/** What else counts as leaving: one of `actions`, `silentDays` and `plan`. */
const outcome = z.strictObject({
  /** The first of these actions; each is the loss's or of a role that holds no other action. */
  actions: values.optional(),
  /** So many days without an event. */
  silentDays: z.int().min(1).max(3660).optional(),
  /** A change from a paid plan to a free one. */
  plan: z.literal('paid to free').optional(),
  /** Who is at risk of the actions: only who is on a paid plan. */
  atRisk: z.literal('paid').optional(),
  /** What the report calls one, a singular noun; by default the outcome's name. */
  word: z.string().min(1).max(100).optional(),
});

/** What a log means. Data only: a user's own is a YAML file with these keys. */
const definition = z.strictObject({
  name: z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'lower-case letters, digits and hyphens'),
  /** What a reader of every report must know of this log. */
  note: z.string().max(500).optional(),
  columns,
  /** Numbers may be written in quotes, as in "length":"12.5". */
  quotedNumbers: z.boolean().default(false),
  /** Other columns to count rows by, such as HTTP status. */
  dimensions: z.array(name).max(20).default([]),
  /** Rows of nobody, beside those with an empty user: rows where the column has one of the values. */
  anonymous: z.array(z.strictObject({ column: name, in: values })).default([]),
  /** The actions that are the loss. */
  loss: z.strictObject({ actions: values }),
  /** What else counts as leaving, by name. */
  outcomes: z.record(z.string(), outcome).optional(),
  /** What an action is: features are named for these roles (`play`, `like`, `advert`, …). */
  roles: z.record(z.string(), values).default({}),
  /** The plans that are paid for; every other plan is free. */
  paidPlans: z.array(z.string()).default([]),
  /** Times outside are bad; ISO dates, the end excluded. */
  timeRange: z
    .strictObject({ from: z.iso.date(), to: z.iso.date() })
    .default({ from: '2000-01-01', to: '2100-01-01' }),
  /** What the report calls things, each a singular noun. */
  words: z
    .strictObject({
      loss: z.string().default('loss'),
      play: z.string().default('play'),
      item: z.string().default('item'),
      creator: z.string().default('creator'),
    })
    .prefault({}),
});

export const definitionSchema = definition
  .superRefine(checkCase)
  .superRefine(checkTypes)
  .superRefine(checkRoles)
  .superRefine(checkOutcomes)
  .superRefine(checkTimeRange);

export type Definition = z.infer<typeof definitionSchema>;

type Unchecked = z.infer<typeof definition>;

/** Roles name features and columns; one that counts the loss would be the label. */
function checkRoles({ roles, loss }: Unchecked, context: z.RefinementCtx): void {
  for (const [role, actions] of Object.entries(roles)) {
    const refuse = (message: string) => context.addIssue({ code: 'custom', path: ['roles', role], message });
    const lost = actions.find((action) => loss.actions.includes(action));
    if (lost !== undefined) {
      refuse(`"${lost}" is the loss, which has no role: a feature that counts it would be the label`);
    }
    if (!roleName.test(role)) refuse('expected lower-case letters, digits and _, beginning with a letter');
    if (role === 'time') refuse('a role may not be called "time"');
  }
}

/** Outcomes of actions are read from the ledger, which counts by role: what has no role of its own is not there. */
function checkOutcomes(
  { outcomes = {}, loss, roles, columns, paidPlans }: Unchecked,
  context: z.RefinementCtx,
): void {
  for (const [name, { actions, silentDays, plan, atRisk }] of Object.entries(outcomes)) {
    const refuse = (message: string) =>
      context.addIssue({ code: 'custom', path: ['outcomes', name], message });
    if (!/^[a-z][a-z0-9-]{0,39}$/.test(name) || name === 'loss') {
      refuse(
        'expected a name of lower-case letters, digits and hyphens, which begins with a letter and is not "loss"',
      );
    }
    if ([actions, silentDays, plan].filter((one) => one !== undefined).length !== 1) {
      refuse('expected one of actions, silentDays and plan');
    }
    if (atRisk !== undefined && actions === undefined) refuse('atRisk is for outcomes of actions alone');
    if ((atRisk ?? plan) !== undefined && (columns.plan === undefined || paidPlans.length === 0)) {
      refuse('there are no plans to tell who pays: declare columns.plan and paidPlans');
    }
    if (actions !== undefined)
      for (const message of faultsOfActions(actions, loss.actions, roles)) refuse(message);
  }
}

function faultsOfActions(
  actions: readonly string[],
  loss: readonly string[],
  roles: Readonly<Record<string, readonly string[]>>,
): string[] {
  const lostBy = loss.filter((action) => actions.includes(action));
  const ofLoss =
    lostBy.length === 0 || lostBy.length === loss.length ? [] : ['expected all actions of the loss, or none'];
  const ofRoles = actions
    .filter((action) => !loss.includes(action))
    .filter((action) => {
      const own = Object.values(roles).filter((role) => role.includes(action));
      return !own.some((role) => role.every((one) => actions.includes(one)));
    })
    .map((action) => `"${action}" needs a role of its own: the ledger counts actions by role`);
  return [...ofLoss, ...ofRoles];
}

/** Days are counted from 1970 up, and times must leave room for the order within a millisecond in 64 bits. */
function checkTimeRange({ timeRange }: Unchecked, context: z.RefinementCtx): void {
  const { from, to } = timeRange;
  if (from >= '1970-01-01' && from < to && to <= '3000-01-01') return;
  context.addIssue({
    code: 'custom',
    path: ['timeRange'],
    message: `expected 1970-01-01 ≤ from < to ≤ 3000-01-01, not ${from} to ${to}`,
  });
}

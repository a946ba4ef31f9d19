import { z } from 'zod';
import { COHORTS } from './transitions.ts';

const probability = z.number().min(0).max(1);
const factor = z.number().positive().max(1000);
const cohortName = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, 'lower-case letters, digits and hyphens');
const pageName = z.string().regex(/^[A-Za-z][A-Za-z ]{0,39}$/, 'letters and spaces');
const level = z.enum(['free', 'paid']);
/** Pages and the probabilities of going there. */
const targets = z.record(pageName, probability);

/** Whom a change is for: everyone, where nothing is said. */
const whom = { cohorts: z.array(cohortName).min(1).optional(), level: level.optional() };
/** When a change comes: at the start of a UTC day, or within so many days from it, by equal steps. */
const when = { from: z.iso.date(), over: z.int().min(1).max(3660).default(1) };

/** How likely a page is to follow. */
const rate = z.strictObject({
  ...when,
  ...whom,
  /** From this page; from every page, where it is not given. */
  page: pageName.optional(),
  to: pageName,
  factor,
});

/** The mean gap between sessions. */
const gap = z.strictObject({ ...when, cohorts: whom.cohorts, factor });

/** A page that the service opens, for those who are logged in. */
const page = z.strictObject({
  name: pageName,
  from: z.iso.date(),
  /** The pages that lead there; their other targets give way in proportion. */
  reached: targets,
  /** Where it leads to; what lacks to 1 ends the session. */
  leads: targets,
});

/** Listeners who come as guests in a stretch of time, beside those who always come. */
const cohort = z.strictObject({
  name: cohortName,
  /** The cohort whose probabilities they have, but for `changes`. */
  like: z.enum(COHORTS),
  from: z.iso.date(),
  /** The day after the last on which one comes; the end of the log, where it is not given. */
  to: z.iso.date().optional(),
  users: z.int().min(1).max(100_000),
  /** By page of one who is logged in, some probabilities of what follows; the others keep their odds. */
  changes: z.record(pageName, targets).default({}),
});

/** What the offer does to some of those who get it. */
const segment = z.strictObject({
  name: cohortName,
  ...whom,
  /** Of the probability of going to Cancel: below 1 the offer helps, above it harms. */
  factor,
});

const offer = z.strictObject({
  /** The midnight (UTC) at which it is made, to a random share of those at risk. */
  at: z.iso.date(),
  share: z.number().gt(0).lt(1),
  /** Days for which it works; to the end of the log, where it is not given. */
  days: z.int().min(1).max(3660).optional(),
  /** A user is in the first that fits; who is in none is not in the experiment. */
  segments: z.array(segment).min(1).max(20),
});

/** What a scenario file changes of the walk. Data only; scenario-schema.ts checks what the shape does not. */
export const scenarioShape = z.strictObject({
  name: cohortName,
  rates: z.array(rate).max(100).default([]),
  gaps: z.array(gap).max(100).default([]),
  pages: z.array(page).max(20).default([]),
  cohorts: z.array(cohort).max(20).default([]),
  offer: offer.optional(),
});

export type Scenario = z.infer<typeof scenarioShape>;
export type ScenarioOffer = NonNullable<Scenario['offer']>;

import { z } from 'zod';
import { LARGEST_COEFFICIENT as LARGEST, LARGEST_LOG_ODDS } from './calibrator.ts';

const MAX_POINTS = 100_000;

const intercept = z.number().min(-LARGEST).max(LARGEST);

const coefficient = z.number().min(0).max(LARGEST);

const platt = z.strictObject({
  kind: z.literal('platt'),
  slope: z.number().positive().max(LARGEST),
  intercept,
});

const beta = z
  .strictObject({ kind: z.literal('beta'), a: coefficient, b: coefficient, intercept })
  .refine(({ a, b }) => a + b > 0, 'a beta calibrator that does not rise: a and b are 0');

const isotonic = z
  .strictObject({
    kind: z.literal('isotonic'),
    logOdds: z.array(z.number().min(-LARGEST_LOG_ODDS).max(LARGEST_LOG_ODDS)).min(2).max(MAX_POINTS),
    probabilities: z.array(z.number().min(0).max(1)),
  })
  .superRefine(({ logOdds, probabilities }, context) => {
    if (logOdds.length !== probabilities.length) {
      context.addIssue(`${probabilities.length} probabilities for ${logOdds.length} log-odds`);
    }
    const fallen = logOdds.findIndex((x, k) => k > 0 && !(x > logOdds[k - 1]));
    if (fallen > 0) context.addIssue(`log-odds ${fallen} are not above those before`);
    const lower = probabilities.findIndex((p, k) => k > 0 && !(p >= probabilities[k - 1]));
    if (lower > 0) context.addIssue(`probability ${lower} is below the one before`);
  });

/** Of a calibrator in JSON. */
export const calibratorSchema = z.discriminatedUnion('kind', [platt, beta, isotonic]);

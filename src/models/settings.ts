import { z } from 'zod';
import { UsageError } from '../errors.ts';

/** Settings as a learner's schema takes them. @throws UsageError that names each setting that is wrong. */
export function parseSettings<T>(learner: string, schema: z.ZodType<T>, settings: unknown): T {
  const result = schema.safeParse(settings);
  if (result.success) return result.data;
  throw new UsageError(`Settings of ${learner}: ${z.prettifyError(result.error)}`, { learner, settings });
}

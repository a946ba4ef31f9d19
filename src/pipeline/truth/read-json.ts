import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { InputError } from '../../errors.ts';

/** @throws InputError for a file that is absent, is no JSON or is not of the schema. */
export async function readJson<T>(
  path: string,
  schema: z.ZodType<T>,
  words: { readonly absent: string; readonly wrong: string },
): Promise<T> {
  const text = await readFile(path, 'utf8').catch((cause) => {
    throw new InputError(words.absent, { path }, { cause });
  });
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new InputError(`${path} is not JSON.`, { path }, { cause });
  }
  const result = schema.safeParse(json);
  if (result.success) return result.data;
  throw new InputError(`${path} ${words.wrong}:\n${z.prettifyError(result.error)}`, { path });
}

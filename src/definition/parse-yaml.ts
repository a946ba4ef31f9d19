import { parse, YAMLParseError } from 'yaml';
import { z } from 'zod';
import { InputError } from '../errors.ts';

/**
 * Reads a YAML text as what a schema describes.
 * @param kind what the text is, as in "The definition gym.yaml is wrong".
 * @throws InputError that names every key that is wrong, and what was expected there.
 */
export function parseYamlAs<T>(schema: z.ZodType<T>, text: string, kind: string, source: string): T {
  const result = schema.safeParse(parseYaml(text, kind, source));
  if (result.success) return result.data;
  throw new InputError(`The ${kind} ${source} is wrong:\n${z.prettifyError(result.error)}`, {
    [kind]: source,
    issues: result.error.issues.map(({ path, message }) => ({ path: path.join('.'), message })),
  });
}

function parseYaml(text: string, kind: string, source: string): unknown {
  try {
    return parse(text, { maxAliasCount: 10 });
  } catch (cause) {
    const where = cause instanceof YAMLParseError ? cause.message : String(cause);
    throw new InputError(`The ${kind} ${source} is not YAML: ${where}`, { [kind]: source }, { cause });
  }
}

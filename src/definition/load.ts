import { readFile } from 'node:fs/promises';
import { parse, YAMLParseError } from 'yaml';
import { z } from 'zod';
import { InputError } from '../errors.ts';
import { type Definition, definitionSchema } from './schema.ts';
import { sparkify } from './sparkify.ts';

const builtIn: Readonly<Record<string, Definition>> = { sparkify };

/** A built-in definition by name, or one from a YAML file. */
export async function loadDefinition(nameOrPath: string): Promise<Definition> {
  if (Object.hasOwn(builtIn, nameOrPath)) return builtIn[nameOrPath];
  let text: string;
  try {
    text = await readFile(nameOrPath, 'utf8');
  } catch (cause) {
    throw new InputError(
      `Cannot read the definition "${nameOrPath}": it is neither built in (${Object.keys(builtIn).join(', ')}) nor a readable YAML file.`,
      { definition: nameOrPath },
      { cause },
    );
  }
  return parseDefinition(text, nameOrPath);
}

/** @throws InputError that names every key that is wrong, and what was expected there. */
export function parseDefinition(text: string, source: string): Definition {
  const result = definitionSchema.safeParse(parseYaml(text, source));
  if (!result.success) {
    throw new InputError(`The definition ${source} is wrong:\n${z.prettifyError(result.error)}`, {
      definition: source,
      issues: result.error.issues.map(({ path, message }) => ({ path: path.join('.'), message })),
    });
  }
  return result.data;
}

function parseYaml(text: string, source: string): unknown {
  try {
    return parse(text, { maxAliasCount: 10 });
  } catch (cause) {
    const where = cause instanceof YAMLParseError ? cause.message : String(cause);
    throw new InputError(`The definition ${source} is not YAML: ${where}`, { definition: source }, { cause });
  }
}

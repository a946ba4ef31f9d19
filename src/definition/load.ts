import { readFile } from 'node:fs/promises';
import { InputError } from '../errors.ts';
import { parseYamlAs } from './parse-yaml.ts';
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
  return parseYamlAs(definitionSchema, text, 'definition', source);
}

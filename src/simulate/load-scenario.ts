import { readFile } from 'node:fs/promises';
import { parseYamlAs } from '../definition/parse-yaml.ts';
import { InputError } from '../errors.ts';
import type { Scenario } from './scenario.ts';
import { scenarioSchema } from './scenario-schema.ts';

/** @throws InputError when the file cannot be read, or is no scenario. */
export async function loadScenario(path: string): Promise<Scenario> {
  const text = await readFile(path, 'utf8').catch((cause) => {
    throw new InputError(
      `Cannot read the scenario ${path}: expected a readable YAML file.`,
      { scenario: path },
      { cause },
    );
  });
  return parseScenario(text, path);
}

/** @throws InputError that names every key that is wrong, and what was expected there. */
export function parseScenario(text: string, source: string): Scenario {
  return parseYamlAs(scenarioSchema, text, 'scenario', source);
}

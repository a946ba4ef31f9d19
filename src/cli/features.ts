import { Command } from 'commander';
import { loadDefinition } from '../definition/load.ts';
import { UsageError } from '../errors.ts';
import { featureCatalogue } from '../features/catalogue.ts';
import type { Feature } from '../features/feature.ts';
import { withCommonOptions } from './options.ts';
import { writeJson, writeOut } from './terminal/write.ts';

/** `refrain features` */
export function featuresCommand(): Command {
  const command = new Command('features')
    .description('Print the catalogue of features: name, unit, meaning and formula, by theme.')
    .option('--definition <name|file>', 'what the log means: a built-in name or a YAML file', 'sparkify')
    .option('--theme <theme>', 'only the features of one theme');
  return withCommonOptions(command)
    .addHelpText(
      'after',
      '\nExamples:\n  $ refrain features --theme adverts\n  $ refrain features --json | jq ".[].name"',
    )
    .action(async (options: { definition: string; theme?: string; json?: true }) => {
      const definition = await loadDefinition(options.definition);
      const catalogue = featureCatalogue(definition);
      const features = catalogue.filter(({ theme }) => theme === (options.theme ?? theme));
      if (features.length === 0) {
        const themes = [...new Set(catalogue.map(({ theme }) => theme))].join(', ');
        throw new UsageError(`There is no theme "${options.theme}": expected one of ${themes}.`, {
          theme: options.theme,
        });
      }
      if (options.json) writeJson(features.map(({ sql: _sql, ...feature }) => feature));
      else writeOut(inProse(features));
    });
}

function inProse(features: readonly Feature[]): string {
  const themes = [...new Set(features.map(({ theme }) => theme))];
  const blocks = themes.map((theme) => {
    const own = features.filter((feature) => feature.theme === theme);
    const entries = own.map(
      ({ name, unit, meaning, formula }) => `  ${name} [${unit}]\n      ${meaning}\n      = ${formula}`,
    );
    return `${theme}\n${entries.join('\n')}`;
  });
  return `${blocks.join('\n\n')}\n\n${features.length} features`;
}

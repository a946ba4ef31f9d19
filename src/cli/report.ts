import { join, resolve } from 'node:path';
import { Command } from 'commander';
import { UsageError } from '../errors.ts';
import { comparisonOfFolders } from '../pipeline/compare/compare-runs.ts';
import { reportOfFolder } from '../pipeline/report/write-report.ts';
import { printPdf } from '../report/browser/print-pdf.ts';
import { saveFigures } from '../report/browser/save-figures.ts';
import { readTemplate } from '../report/html.ts';
import { checkFiguresFolder, writeFigures } from './figures-folder.ts';
import { withCommonOptions, withThreads } from './options.ts';
import { checkOutputFile, writeWhole } from './output-file.ts';
import { withTerminal } from './terminal/effects.ts';
import { writeJson, writeOut } from './terminal/write.ts';

interface Options {
  readonly out?: string;
  readonly showUsers?: true;
  readonly pdf?: string;
  readonly figures?: string;
  readonly force?: true;
  readonly json?: true;
  readonly threads: number;
}

/** `refrain report RUN [OTHER]` */
export function reportCommand(signal: AbortSignal): Command {
  const command = new Command('report')
    .description('The report of a run folder once more, as a page, PDF or pictures; of two, what changed.')
    .argument('<run>', 'a folder that refrain run made')
    .argument('[other]', 'a later one, to set beside it')
    .option('--out <file>', 'where to write the page (default: report.html of the run; required for two)')
    .option(
      '--show-users',
      'show users by the log’s own names, and not by pseudonyms; needs an --out of its own',
    )
    .option('--pdf <file>', 'print it as PDF too, by an installed Chromium')
    .option('--figures <folder>', 'save every chart as SVG too, by an installed Chromium')
    .option('--force', 'replace what is at --out, --pdf and --figures');
  return withCommonOptions(withThreads(command))
    .addHelpText('after', examples)
    .action(async (run: string, other: string | undefined, options: Options) => {
      const out = await placeOf(run, other, options);
      const { html, pictures, pdf } = await withTerminal(signal, options.threads, async (effects) => {
        const settings = { template: await readTemplate(), showUsers: options.showUsers === true };
        const page =
          other === undefined
            ? await reportOfFolder(run, settings, effects)
            : await comparisonOfFolders(run, other, settings, effects);
        return {
          html: page,
          pdf: options.pdf === undefined ? undefined : await printPdf(page, signal),
          pictures: options.figures === undefined ? undefined : await saveFigures(page, signal),
        };
      });
      await writeWhole(out, html);
      if (options.pdf !== undefined && pdf !== undefined) await writeWhole(options.pdf, pdf);
      if (options.figures !== undefined && pictures !== undefined)
        await writeFigures(options.figures, pictures);
      const written = [out, options.pdf, options.figures].flatMap((path) =>
        path === undefined ? [] : [resolve(path)],
      );
      if (options.json) writeJson({ report: written[0], pdf: options.pdf, figures: pictures?.length });
      else writeOut(written.toReversed().join('\n'));
    });
}

/** @throws UsageError when something is where the page, the PDF or the figures shall be. */
async function placeOf(run: string, other: string | undefined, options: Options): Promise<string> {
  const { out, showUsers, pdf, figures } = options;
  const force = options.force === true;
  if (out === undefined && other !== undefined)
    throw new UsageError('Two runs set side by side are the report of neither: give --out FILE.');
  if (out === undefined && showUsers === true)
    throw new UsageError('The report in a run folder keeps its pseudonyms: give --show-users an --out FILE.');
  if (out !== undefined) await checkOutputFile(out, force);
  if (pdf !== undefined) await checkOutputFile(pdf, force);
  if (figures !== undefined) await checkFiguresFolder(figures, force);
  return out ?? join(run, 'report.html');
}

const examples = `
Examples:
  $ refrain report first-run
  $ refrain report first-run --show-users --out for-the-retention-team.html
  $ refrain report first-run --pdf churn.pdf --figures charts/
  $ refrain report october november --out what-changed.html`;

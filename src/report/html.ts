import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { EngineError } from '../errors.ts';
import type { ComparisonData } from './comparison-data.ts';
import type { PackedUsers } from './pack-users.ts';
import type { ReportData } from './report-data.ts';

const slots = /"\{\{(report|scores|users)\}\}"/g;

/**
 * One offline page: the built template with a run, or two compared, inlined, as gzipped JSON in base64: a third of what it
 * is as text, and nothing that a browser could take for its own. NaN and the infinities are `null` there.
 *
 * @throws EngineError when the template lacks one of its three slots.
 */
export function renderReport(
  data: ReportData | ComparisonData,
  users: PackedUsers,
  template: string,
): string {
  const found = Array.from(template.matchAll(slots), (match) => match[1]).sort();
  if (found.join() !== 'report,scores,users')
    throw new EngineError(
      `The report template has the slots [${found.join(', ')}], and not "report", "scores" and "users" once each. ` +
        'Build it again with `npm run build`.',
    );
  const content: Record<string, string> = {
    report: gzipSync(JSON.stringify(data), { level: 9 }).toString('base64'),
    scores: users.scores,
    users: users.blocks,
  };
  // A function, because in a replacement string `$&` in an artist's name would mean something.
  return template.replace(slots, (_, slot: string) => content[slot]);
}

/**
 * The page as built by Vite, without a run in it.
 *
 * @throws EngineError when it was not built.
 */
export async function readTemplate(location: URL = builtTemplate()): Promise<string> {
  try {
    return await readFile(location, 'utf8');
  } catch (error) {
    throw new EngineError(
      `The report page is not built: ${fileURLToPath(location)} cannot be read. Build it with \`npm run build\`.`,
      { file: fileURLToPath(location) },
      { cause: error },
    );
  }
}

/** `dist/web/report.html`, seen from `dist/report/html.js` and from `src/report/html.ts`. */
function builtTemplate(): URL {
  const fromHere = import.meta.url.endsWith('.ts') ? '../../dist/web/report.html' : '../web/report.html';
  return new URL(fromHere, import.meta.url);
}

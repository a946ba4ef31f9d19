import { z } from 'zod';
import { type Chromium, withPage } from './with-page.ts';

const printed = z.looseObject({ data: z.string() });

/** A report as PDF, on A4 unless its styles say otherwise. @throws as `withPage` does. */
export async function printPdf(html: string, signal: AbortSignal, chromium?: Chromium): Promise<Uint8Array> {
  return withPage(
    html,
    signal,
    async ({ devtools, session }) => {
      const settings = {
        printBackground: true,
        preferCSSPageSize: true,
        paperWidth: 8.27,
        paperHeight: 11.69,
        generateTaggedPDF: true,
      };
      const { data } = printed.parse(await devtools.send('Page.printToPDF', settings, session));
      return Buffer.from(data, 'base64');
    },
    chromium,
  );
}

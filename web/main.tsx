import { render } from 'preact';
import { App } from './app.tsx';
import { readReport } from './report/read-report.ts';

const page = document.getElementById('page');
if (!page) throw new Error('The page has no element "page" to draw into.');

try {
  render(<App report={await readReport(document)} />, page);
} catch (error) {
  // The one catch of the page: an empty window would leave the reader guessing.
  render(<p role="alert">This report cannot be shown: {String(error)}</p>, page);
  throw error;
}

import { render } from 'preact';
import { App } from './app.tsx';
import { ComparisonApp } from './comparison/comparison-app.tsx';
import { readPage } from './report/read-report.ts';

const page = document.getElementById('page');
if (!page) throw new Error('The page has no element "page" to draw into.');

try {
  const content = await readPage(document);
  render('data' in content ? <App report={content} /> : <ComparisonApp comparison={content} />, page);
} catch (error) {
  // The one catch of the page: an empty window would leave the reader guessing.
  render(<p role="alert">This report cannot be shown: {String(error)}</p>, page);
  throw error;
}

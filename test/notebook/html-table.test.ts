import { expect, test } from 'vitest';
import { htmlTable } from '../../src/notebook/html-table.ts';

test('records become rows, numbers to the right, with the digits that are asked for', () => {
  const { data } = htmlTable(
    [
      { model: 'forest', auc: 0.71234, users: 12345 },
      { model: 'baseline', auc: Number.NaN, users: null },
    ],
    { digits: 2, caption: 'Test' },
  );
  expect(data['text/html']).toBe(
    [
      '<table>',
      '<caption>Test</caption>',
      '<thead><tr><th style="text-align:left">model</th><th style="text-align:right">auc</th><th style="text-align:right">users</th></tr></thead>',
      '<tbody><tr><td style="text-align:left">forest</td><td style="text-align:right">0.71</td><td style="text-align:right">12,345</td></tr>',
      '<tr><td style="text-align:left">baseline</td><td style="text-align:right">–</td><td style="text-align:right"></td></tr></tbody>',
      '</table>',
    ].join('\n'),
  );
  expect(data['text/plain']).toBe('model\tauc\tusers\nforest\t0.71\t12,345\nbaseline\t–\t');
});

test('markup in names, values and the caption is text', () => {
  const hostile = '<img src=x onerror="alert(1)">';
  const { data } = htmlTable([{ [hostile]: hostile }], { caption: hostile });
  expect(data['text/html']).not.toContain('<img');
  expect(data['text/html'].match(/&#60;img/g)).toHaveLength(3);
});

test('no record is an empty table', () => {
  expect(htmlTable([]).data['text/html']).toContain('<tbody></tbody>');
});

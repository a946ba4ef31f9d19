import { expect, test } from 'vitest';
import { groupings } from '../../src/pipeline/test-groups.ts';

const day = Date.UTC(2018, 10, 15) / 86_400_000;

const examples = (columns: Readonly<Record<string, number[]>>) => ({
  users: ['a', 'b', 'c'],
  cutoffs: Int32Array.of(day, day, day),
  labels: Uint8Array.of(0, 1, 0),
  matrix: {
    rows: 3,
    names: Object.keys(columns),
    columns: Object.values(columns).map((column) => Float64Array.from(column)),
  },
});

const found = (columns: Readonly<Record<string, number[]>>, rows = [0, 1, 2]) =>
  groupings(examples(columns), Int32Array.from(rows));

test('groups are told by the features as of the cutoff', () => {
  expect(found({ is_female: [1, 0, Number.NaN], is_paid: [0, 1, 1] }, [2, 0])).toEqual([
    { attribute: 'gender', groups: ['female'], groupOfRow: [undefined, 'female'] },
    { attribute: 'plan', groups: ['not paid', 'paid'], groupOfRow: ['paid', 'not paid'] },
  ]);
});

test('tenure is parted in steps, in their order, and tells the month of registration', () => {
  const [tenure, month] = found({ tenure_days: [400.5, 29.9, 60] });
  expect(tenure.groups).toEqual(['under 30 days', '60 to 89 days', '180 days and more']);
  expect(tenure.groupOfRow).toEqual(['180 days and more', 'under 30 days', '60 to 89 days']);
  expect(month.groups).toEqual(['2017-10', '2018-09', '2018-10']);
  expect(month.groupOfRow).toEqual(['2017-10', '2018-10', '2018-09']);
});

test('features that a log does not give make no groups', () => {
  expect(found({ songs_7d: [1, 2, 3] })).toEqual([]);
});

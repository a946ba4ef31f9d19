import { dateOf } from '../features/cutoffs.ts';
import type { ExampleRows } from '../features/examples.ts';

/** The group that each of some examples is in, by an attribute as of the cutoff; undefined where it is not known. */
export interface Grouping {
  readonly attribute: string;
  /** Those that occur, in their natural order. */
  readonly groups: readonly string[];
  readonly groupOfRow: readonly (string | undefined)[];
}

/** By gender, plan, device, tenure and month of registration: those of them that the features tell. */
export function groupings(
  { matrix, cutoffs }: Pick<ExampleRows, 'matrix' | 'cutoffs'>,
  rows: Int32Array,
): Grouping[] {
  return groupRules.flatMap(({ attribute, feature, groupOf, order = [] }) => {
    const j = matrix.names.indexOf(feature);
    if (j < 0) return [];
    const values = matrix.columns[j];
    const groupOfRow = Array.from(rows, (row) =>
      Number.isNaN(values[row]) ? undefined : groupOf(values[row], cutoffs[row]),
    );
    const found = [...new Set(groupOfRow)].filter((group) => group !== undefined).sort();
    const groups = found.sort((a, b) => order.indexOf(a) - order.indexOf(b));
    return [{ attribute, groups, groupOfRow }];
  });
}

interface GroupRule {
  readonly attribute: string;
  readonly feature: string;
  /** @param day of the cutoff, since 1970. */
  readonly groupOf: (value: number, day: number) => string;
  /** Of the groups; by their names where absent. */
  readonly order?: readonly string[];
}

const tenureGroups = [
  { below: 30, name: 'under 30 days' },
  { below: 60, name: '30 to 59 days' },
  { below: 90, name: '60 to 89 days' },
  { below: 180, name: '90 to 179 days' },
  { below: Number.POSITIVE_INFINITY, name: '180 days and more' },
];

const groupRules: readonly GroupRule[] = [
  { attribute: 'gender', feature: 'is_female', groupOf: eitherOf('female', 'not female') },
  { attribute: 'plan', feature: 'is_paid', groupOf: eitherOf('paid', 'not paid') },
  { attribute: 'device', feature: 'is_on_phone_or_tablet', groupOf: eitherOf('phone or tablet', 'other') },
  {
    attribute: 'tenure',
    feature: 'tenure_days',
    groupOf: tenureGroup,
    order: tenureGroups.map(({ name }) => name),
  },
  { attribute: 'registration_month', feature: 'tenure_days', groupOf: registrationMonth },
];

function eitherOf(yes: string, no: string): (value: number) => string {
  return (value) => (value === 1 ? yes : no);
}

function tenureGroup(days: number): string {
  return tenureGroups[tenureGroups.findIndex(({ below }) => days < below)].name;
}

function registrationMonth(tenureDays: number, day: number): string {
  return dateOf(day - tenureDays).slice(0, 7);
}

import { describe, expect, it } from 'vitest';
import { defaultPreparation } from '../../../src/models/preparation/settings.ts';
import type { TableCard } from '../../../src/pipeline/tables/table-card.ts';
import { tableCardMarkdown } from '../../../src/pipeline/tables/table-card-markdown.ts';

const card: TableCard = {
  model: {
    learner: 'random-forest',
    title: 'Random forest',
    kind: 'prepared',
    features: 12,
    sha256: 'ab12',
    refrain: '0.1.0',
    seed: 7,
    settings: { trees: 200 },
    members: [],
    calibration: 'beta',
    trials: 0,
  },
  prediction: { label: 'left|`soon`', positive: 'yes', negative: 'no', threshold: 0.25 },
  data: {
    ...{ rows: 4000, positive: 350, groups: 900, sha256: 'cd34', columns: 14, weight: undefined },
    preparation: defaultPreparation,
  },
  evaluation: {
    ...{ by: 'cross-validation', rows: 4000, positive: 400, groups: 900 },
    metrics: [{ metric: 'rocAuc', value: 0.7, low: 0.65, high: Number.NaN }],
    logLossOfBaseRate: 0.325,
  },
  importance: [{ feature: 'plays', value: 0.05, low: 0.01, high: 0.09 }],
  notes: ['1 columns are not used:\n"same" (one value).'],
};

describe('the card of a table’s model in Markdown', () => {
  const page = tableCardMarkdown(card);

  it('tells what is predicted, from what, and how it was judged', () => {
    expect(page).toContain('the probability that `left¦´soon´` is `yes` and not `no`');
    expect(page).toContain('| learner | random-forest (prepared), 12 features |');
    expect(page).toContain('4,000 rows of 900 groups, 350 positive; 14 columns to learn from |');
    expect(page).toContain('Judged by cross-validation: 4,000 rows of 900 groups, 400 of them positive');
    expect(page).toContain('| rocAuc | 0.7000 [0.6500, –] |');
    expect(page).toContain('an average precision of 0.1000 and a log loss of 0.3250');
    expect(page).toContain('- `plays`: 0.0500 [0.0100, 0.0900]');
    expect(page).toContain('| calibration | beta, fitted on out-of-fold predictions |');
  });

  it('says where a test table judged, and what rows were weighted by', () => {
    const tested = { ...card.evaluation, by: 'test' } as const;
    const data = { ...card.data, weight: 'w' };
    const other = tableCardMarkdown({ ...card, evaluation: tested, data });
    expect(other).toContain('Judged on the test table: 4,000 rows');
    expect(other).toContain('rows weighted by `w`');
  });

  it.each([
    [12, 12],
    [3995, 5],
  ])('warns where %d of 4,000 rows are positive', (positive, rarer) => {
    const few = tableCardMarkdown({ ...card, evaluation: { ...card.evaluation, positive } });
    expect(few).toContain(`judged by ${rarer} rows of the rarer outcome alone`);
    expect(page).not.toContain('of the rarer outcome alone');
  });

  it('hands on each note in a line of its own', () => {
    expect(page).toContain('\n- 1 columns are not used: "same" (one value).\n');
  });
});

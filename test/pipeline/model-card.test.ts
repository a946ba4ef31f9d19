import { describe, expect, it } from 'vitest';
import type { ModelCard } from '../../src/pipeline/model-card.ts';
import { modelCardMarkdown } from '../../src/pipeline/model-card-markdown.ts';

const card: ModelCard = {
  model: {
    learner: 'gradient-boosting',
    title: 'Gradient boosting',
    kind: 'gradient-boosting',
    features: 205,
    sha256: 'ab12',
    refrain: '0.1.0',
    seed: 1,
    settings: { trees: 120, learningRate: 0.05, monotone: { a: 1 } },
    members: [],
    calibration: 'platt',
    trials: 42,
  },
  prediction: {
    protocol: 'forecast',
    leadDays: 1,
    horizonDays: 14,
    loss: ['Cancellation Confirmation', 'left|`now`'],
    threshold: 0.125,
  },
  data: {
    definition: 'sparkify',
    note: 'Sparkify is a fictional company: this log is simulated data.',
    firstDay: '2018-10-01',
    lastDay: '2018-12-02',
    events: 278544,
    users: 225,
    usersLost: 50,
    cutoffs: [
      { day: '2018-10-20', role: 'train', examples: 200, lost: 9 },
      { day: '2018-11-17', role: 'test', examples: 180, lost: 11 },
    ],
  },
  evaluation: [
    {
      metric: 'rocAuc',
      model: { value: 0.7, low: 0.55, high: 0.84 },
      overBaseline: { value: 0.1, low: -0.05, high: Number.NaN },
    },
  ],
  importance: [{ feature: 'days_since_last_event', value: 0.05, low: 0.01, high: 0.09 }],
};

describe('a model card in Markdown', () => {
  const page = modelCardMarkdown(card);

  it('is one page', () => {
    expect(page.split('\n').length).toBeLessThan(55);
  });

  it('says that simulated data are simulated before anything else', () => {
    expect(page.split('\n').slice(0, 3)).toEqual([
      '# Model card: Gradient boosting',
      '',
      '> Sparkify is a fictional company: this log is simulated data.',
    ]);
    expect(modelCardMarkdown({ ...card, data: { ...card.data, note: undefined } })).not.toContain('>');
  });

  it('tells what is predicted, by what settings, and how it was judged', () => {
    expect(page).toContain('lost in the 14 days that begin 1 day after the day of the score');
    expect(page).toContain('trees 120, learningRate 0.05, monotone {"a":1}');
    expect(page).toContain('its settings among 42 trials');
    expect(page).toContain(
      '| calibration | platt, chosen and fitted on out-of-fold predictions at training cutoffs |',
    );
    expect(page).toContain('278,544 events, 225 users, 50 lost');
    expect(page).toContain('Judged on 180 examples at 2018-11-17, 11 of them lost');
    expect(page).toContain('| rocAuc | 0.7000 [0.5500, 0.8400] | 0.1000 [-0.0500, –] |');
    expect(page).toContain('- `days_since_last_event`: 0.0500 [0.0100, 0.0900]');
  });

  it('warns of few losses, and not of many', () => {
    expect(page).toContain('judged by 11 losses alone');
    const many = card.data.cutoffs.map((one) => ({ ...one, lost: 500 }));
    expect(modelCardMarkdown({ ...card, data: { ...card.data, cutoffs: many } })).not.toContain('alone: the');
  });

  it('gives the weights of a combination in the place of settings', () => {
    const members = [
      { learner: 'random-forest', weight: 0.6 },
      { learner: 'logistic-regression', weight: 0.4 },
    ];
    const blend = modelCardMarkdown({ ...card, model: { ...card.model, settings: {}, members, trials: 0 } });
    expect(blend).toContain('0.6000 × random-forest + 0.4000 × logistic-regression');
    expect(blend).not.toContain('trials');
  });

  it('marks a retrospective model as leaky', () => {
    const prediction = { ...card.prediction, protocol: 'retrospective' } as const;
    expect(modelCardMarkdown({ ...card, prediction })).toContain('**Retrospective, and therefore leaky:**');
  });

  it('lets no name of an action break its tables', () => {
    expect(page).toContain('`Cancellation Confirmation`, `left¦´now´`');
  });
});

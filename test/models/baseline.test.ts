import { describe, expect, it } from 'vitest';
import { InputError } from '../../src/errors.ts';
import { baseline } from '../../src/models/baseline.ts';
import { predict } from '../../src/models/model.ts';
import { examplesOf } from './synthetic.ts';

const labels = Array.from({ length: 40 }, (_, i) => (i % 7 < 3 && i > 8 ? 1 : 0));
const days = labels.map((label, i) => label * 5 + (i % 3));

describe('baseline', () => {
  it('looks at one feature alone', () => {
    const model = baseline.fit(
      examplesOf({ plays: days.map((d) => -d), days_since_last_event: days }, labels),
      baseline.defaults,
      1,
    );
    expect(model.features).toEqual(['days_since_last_event']);
    const { matrix } = examplesOf({ days_since_last_event: [0, 3, 7] }, [0, 0, 0]);
    const [recent, later, latest] = predict(model, matrix);
    expect(recent).toBeLessThan(later);
    expect(later).toBeLessThan(latest);
  });

  it('says which feature it lacks', () => {
    const examples = examplesOf({ plays: days }, labels);
    expect(() => baseline.fit(examples, baseline.defaults, 1)).toThrow(InputError);
    expect(() => baseline.fit(examples, baseline.defaults, 1)).toThrow(/"days_since_last_event"/);
  });
});

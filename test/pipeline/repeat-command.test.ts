import { expect, test } from 'vitest';
import { repeatCommand } from '../../src/pipeline/repeat-command.ts';
import { defaultLearnSettings, defaultReadSettings, type RunSettings } from '../../src/pipeline/settings.ts';

const plain: RunSettings = {
  ...defaultReadSettings,
  ...defaultLearnSettings,
  log: ['mini.json'],
  out: 'first-run',
  force: true,
};

test('a run by the defaults is repeated by its log and its folder', () => {
  expect(repeatCommand(plain)).toBe('refrain run mini.json --out first-run');
});

test('what differs from the defaults is said, and what changes no number is not', () => {
  const settings: RunSettings = {
    ...plain,
    log: ['logs/a.json', 'logs/b.json'],
    definition: { ...plain.definition, name: 'gym' },
    protocol: 'retrospective',
    leadDays: 7,
    testCutoffs: 2,
    learners: ['gradient-boosting', 'random-forest'],
    calibration: 'platt',
    outcomes: ['downgrade', 'silence'],
    tuning: { trials: 30, seconds: 60, trialsFile: 'trials.jsonl' },
    fullAudit: true,
    maxBadRows: { count: 5 },
    seed: 42,
    memory: '4GB',
    spark: { remote: 'sc://cluster:15002', token: 'secret' },
    own: [{ path: 'tickets.csv', user: 'member', date: 'day' }, { path: 'plain.csv' }],
  };
  expect(repeatCommand(settings)).toBe(
    'refrain run logs/a.json logs/b.json --definition gym.yaml --protocol retrospective --lead 7 ' +
      '--test-cutoffs 2 --learner gradient-boosting,random-forest --calibration platt --outcome downgrade,silence ' +
      '--tune 30 --tune-seconds 60 --audit --max-bad-rows 5 --seed 42 --with tickets.csv,user=member,date=day --with plain.csv --out first-run',
  );
});

test('a share of bad lines is said in percent', () => {
  expect(repeatCommand({ ...plain, maxBadRows: { share: 0.025 } })).toContain('--max-bad-rows 2.5%');
});

test('names that a shell would take apart are quoted', () => {
  const settings = { ...plain, log: ['my log.json', "it's; rm -rf ~", '$(id)'], out: 'a&b' };
  expect(repeatCommand(settings)).toBe("refrain run 'my log.json' 'it'\\''s; rm -rf ~' '$(id)' --out 'a&b'");
});

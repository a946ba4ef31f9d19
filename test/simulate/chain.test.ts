import { describe, expect, test } from 'vitest';
import { CHAINS, type Chain, FIRST_STATES, follow } from '../../src/simulate/chain.ts';
import { STATES, stateIndex } from '../../src/simulate/states.ts';
import { COHORTS } from '../../src/simulate/transitions.ts';

function probability(chain: Chain, from: string, to: string): number {
  const state = stateIndex(from);
  for (let i = chain.first[state]; i < chain.first[state + 1]; i++) {
    if (chain.target[i] !== stateIndex(to)) continue;
    return chain.cumulative[i] - (i > chain.first[state] ? chain.cumulative[i - 1] : 0);
  }
  return 0;
}

const [typical, adHeavy, grumpy, happy] = CHAINS;
const song = 'Logged In/free/NextSong';

describe('the chains', () => {
  test('are one for each cohort', () => {
    expect(COHORTS).toEqual(['typical', 'ad-heavy', 'grumpy', 'happy']);
    expect(CHAINS).toHaveLength(4);
  });

  test('hold the probabilities of the source', () => {
    expect(probability(typical, song, song)).toBeCloseTo(0.75, 12);
    expect(probability(adHeavy, song, 'Logged In/free/Roll Advert')).toBeCloseTo(0.15, 12);
    expect(probability(grumpy, song, 'Logged In/free/Thumbs Down')).toBeCloseTo(0.03, 12);
    expect(probability(happy, song, 'Logged In/free/Thumbs Up')).toBeCloseTo(0.09, 12);
    expect(probability(adHeavy, 'Logged In/paid/Downgrade', 'Logged In/paid/Cancel')).toBeCloseTo(0.03, 12);
    expect(probability(happy, 'Guest/free/Register', 'Guest/free/Submit Registration')).toBeCloseTo(0.5, 12);
  });

  test('change auth and level where the source does', () => {
    const paths = [
      ['Guest/free/Submit Registration', 'Logged In/free/Home', 0.9],
      ['Logged Out/paid/Login', 'Logged In/paid/Home', 0.999],
      ['Logged In/free/Logout', 'Logged Out/free/Home', 0.999],
      ['Logged In/paid/Submit Downgrade', 'Logged In/free/Home', 0.999],
      ['Logged In/free/Submit Upgrade', 'Logged In/paid/Home', 1],
      ['Logged In/paid/Cancel', 'Cancelled/paid/Cancellation Confirmation', 0.999],
    ] as const;
    for (const chain of CHAINS) {
      for (const [from, to, expected] of paths)
        expect(probability(chain, from, to)).toBeCloseTo(expected, 12);
    }
  });

  test('give each state a probability of at most one, and only cancelled users nowhere to go', () => {
    for (const chain of CHAINS) {
      STATES.forEach(({ auth }, state) => {
        const [first, end] = [chain.first[state], chain.first[state + 1]];
        expect(end > first).toBe(auth !== 'Cancelled');
        for (let i = first; i < end; i++) {
          expect(chain.cumulative[i]).toBeGreaterThan(i > first ? chain.cumulative[i - 1] : 0);
          expect(chain.cumulative[i]).toBeLessThan(1 + 1e-9);
        }
      });
    }
  });

  test('end a session with what is left to one', () => {
    expect(follow(typical, stateIndex(song), 0)).toBe(stateIndex(song));
    expect(follow(typical, stateIndex(song), 0.9879)).toBeGreaterThanOrEqual(0);
    expect(follow(typical, stateIndex(song), 0.9881)).toBe(-1);
    expect(follow(typical, stateIndex('Cancelled/free/Cancellation Confirmation'), 0.1)).toBe(-1);
  });

  test('always start a session somewhere with the same auth and level', () => {
    STATES.forEach(({ auth, level }, state) => {
      if (auth === 'Cancelled') return;
      for (const draw of [1e-10, 0.3, 0.7, 1 - 2 ** -33]) {
        const first = STATES[follow(FIRST_STATES, state, draw)];
        expect([first.auth, first.level]).toEqual([auth, level]);
      }
    });
    expect(probability(FIRST_STATES, 'Logged In/paid/Home', 'Logged In/paid/NextSong')).toBeCloseTo(
      1750 / 2761,
      12,
    );
  });

  test('know no other states', () => {
    expect(() => stateIndex('Guest/paid/Home')).toThrow('There is no state "Guest/paid/Home".');
  });
});

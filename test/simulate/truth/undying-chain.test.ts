import { describe, expect, test } from 'vitest';
import { CHAINS, rowOf } from '../../../src/simulate/chain.ts';
import { STATES, stateIndex } from '../../../src/simulate/states.ts';
import { undying } from '../../../src/simulate/truth/undying-chain.ts';

const confirmed = 0.999;

/** The probability of going from one page to another, as the transition tables say it. */
function probability(chain: (typeof CHAINS)[number], from: string, to: string): number {
  const target = stateIndex(to);
  return rowOf(chain, stateIndex(from)).find((one) => one.target === target)?.probability ?? 0;
}

describe('the undying chain', () => {
  test('takes out of every row exactly the way to a confirmed cancellation', () => {
    for (const chain of CHAINS) {
      const { hazard } = undying(chain);
      STATES.forEach(({ key, auth, level, page }, state) => {
        if (auth !== 'Logged In' || page === 'Cancel') return;
        const asks = probability(chain, key, `Logged In/${level}/Cancel`);
        expect(hazard[state]).toBeCloseTo(asks * confirmed, 12);
      });
    }
  });

  test('keeps the odds of all other targets, and of the end of the session', () => {
    for (const chain of CHAINS) {
      const survivors = undying(chain);
      STATES.forEach(({ page }, state) => {
        const left = 1 - survivors.hazard[state];
        const after = rowOf(survivors, state);
        rowOf(chain, state).forEach(({ target, probability: before }, i) => {
          const cancels = STATES[target].page === 'Cancel';
          if (STATES[target].auth === 'Cancelled') expect(after[i].probability).toBe(0);
          else {
            expect(after[i].probability).toBeCloseTo((before * (cancels ? 1 - confirmed : 1)) / left, 12);
          }
        });
        expect(after.every(({ probability: chance }) => chance >= 0 && chance <= 1 + 1e-12)).toBe(true);
        if (page === 'Cancel') expect(after.reduce((sum, row) => sum + row.probability, 0)).toBeCloseTo(1, 9);
      });
    }
  });

  test('has no hazard where no cancel can follow', () => {
    const { hazard } = undying(CHAINS[0]);
    expect(hazard[stateIndex('Logged In/free/NextSong')]).toBe(0);
    expect(hazard[stateIndex('Guest/free/Home')]).toBe(0);
    expect(hazard[stateIndex('Logged In/paid/Downgrade')]).toBeCloseTo(0.00999, 9);
    expect(hazard[stateIndex('Logged In/paid/Cancel')]).toBeCloseTo(0.999, 12);
  });
});

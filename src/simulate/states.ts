import { PAGES } from './pages.ts';
import type { Scenario } from './scenario.ts';
import { TRANSITIONS } from './transitions.ts';

/** What a listener can be doing: one page, seen with one auth at one level. Its index is what a walk carries. */
export interface State {
  readonly key: string;
  readonly auth: string;
  readonly level: string;
  readonly page: string;
  readonly method: string;
  readonly status: number;
}

/** Every state of the transition tables, those that only end a walk included. */
export const STATES: readonly State[] = [
  ...Object.keys(TRANSITIONS.typical),
  'Cancelled/free/Cancellation Confirmation',
  'Cancelled/paid/Cancellation Confirmation',
].map(parseState);

/** Every state of a log; those of a scenario's pages come last, and are of one who is logged in. */
export function statesOf(scenario: Scenario | undefined): readonly State[] {
  const opened = scenario?.pages ?? [];
  return [
    ...STATES,
    ...opened.flatMap(({ name: page }) =>
      ['free', 'paid'].map((level): State => {
        const auth = 'Logged In';
        return { key: `${auth}/${level}/${page}`, auth, level, page, method: 'GET', status: 200 };
      }),
    ),
  ];
}

const indexes = new Map(STATES.map((state, index) => [state.key, index]));

/** @throws RangeError for a key that no transition table has. */
export function stateIndex(key: string): number {
  const index = indexes.get(key);
  if (index === undefined) throw new RangeError(`There is no state "${key}".`);
  return index;
}

/**
 * 1 for the states of which `holds` is true: a lookup that costs an index.
 *
 * @param beyond the flag of states that only a scenario has.
 */
export function stateFlags(holds: (state: State) => boolean, beyond: 0 | 1 = 0): Uint8Array {
  const flags = new Uint8Array(MOST_STATES).fill(beyond);
  STATES.forEach((state, index) => {
    flags[index] = holds(state) ? 1 : 0;
  });
  return flags;
}

/** A log keeps the state of a row in a byte. */
const MOST_STATES = 256;

function parseState(key: string): State {
  const [auth, level, page] = key.split('/');
  const definition = PAGES[page];
  if (definition === undefined) throw new RangeError(`The state "${key}" names no page of the service.`);
  return { key, auth, level, page, ...definition };
}

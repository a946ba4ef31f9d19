import { buildCatalogue } from '../../dist/simulate/catalogue.js';
import { arrivalCount, arrivals, member } from '../../dist/simulate/population.js';
import { planLog } from '../../dist/simulate/simulate-options.js';
import { STATES } from '../../dist/simulate/states.js';
import { step } from '../../dist/simulate/walk.js';
import { buildWorld } from '../../dist/simulate/world.js';
import { targetsOf } from './targets.mjs';

const { mini } = targetsOf();
const HOURS = Array.from({ length: 24 }, (_, hour) => `songs, ${hour} to ${hour + 1} h UTC`);
const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'].map(
  (name) => `songs, ${name}`,
);

/**
 * Where the real mini log stands among simulated ones of seeds 1 … n: it is one draw of 225 users, and so spreads.
 * @returns `{name, target, mean, deviation}` for rows, losses, and shares of pages, hours and weekdays.
 */
export function compareMinis(n, signal) {
  const catalogue = buildCatalogue();
  const logs = Array.from({ length: n }, (_, i) => {
    signal.throwIfAborted();
    return figures(counted(i + 1, catalogue));
  });
  return Object.entries(figures(real())).map(([name, target]) => {
    const values = logs.map((log) => log[name] ?? 0);
    const mean = sum(values) / n;
    const deviation = Math.sqrt(sum(values.map((value) => (value - mean) ** 2)) / (n - 1));
    return { name, target, mean, deviation };
  });
}

function real() {
  return {
    pages: mini.pages,
    paid: mini.levels.paid,
    hours: mini.songsByHour,
    weekdays: mini.songsByWeekday,
  };
}

/** Walks through a mini log without writing it. */
function counted(seed, catalogue) {
  const plan = planLog({ size: 'mini', seed, out: '' });
  const world = buildWorld(plan, catalogue);
  const members = Array.from({ length: plan.users - arrivalCount(plan) }, (_, i) => member(plan, world, i));
  const counts = { pages: {}, paid: 0, hours: new Array(24).fill(0), weekdays: new Array(7).fill(0) };
  for (const { walk } of [...members, ...arrivals(plan, world)]) {
    for (let goesOn = true; goesOn && walk.time < plan.end; goesOn = step(walk, world)) count(counts, walk);
  }
  return counts;
}

function count(counts, { state, time }) {
  const { page, level } = STATES[state];
  counts.pages[page] = (counts.pages[page] ?? 0) + 1;
  if (level === 'paid') counts.paid++;
  if (page !== 'NextSong') return;
  counts.hours[Math.floor(time / 3600) % 24]++;
  counts.weekdays[(Math.floor(time / 86_400) + 4) % 7]++;
}

function figures({ pages, paid, hours, weekdays }) {
  const rows = sum(Object.values(pages));
  const shares = (names, counts) => names.map((name, i) => [name, counts[i] / sum(counts)]);
  return {
    rows,
    losses: pages['Cancellation Confirmation'],
    'rows paid': paid / rows,
    ...Object.fromEntries(Object.entries(pages).map(([page, n]) => [page, n / rows])),
    ...Object.fromEntries([...shares(HOURS, hours), ...shares(WEEKDAYS, weekdays)]),
  };
}

function sum(values) {
  return values.reduce((a, b) => a + b, 0);
}

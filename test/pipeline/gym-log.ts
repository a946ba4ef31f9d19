import { createRandom, hash32 } from '../../src/random.ts';

/** A row of the gym's log, in the columns of `test/fixtures/gym.yaml`. */
export interface GymEvent {
  readonly member: string;
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly visit: number;
  readonly what: string;
  readonly minutes_ms: number | null;
  readonly tariff: string;
  readonly machine: string | null;
}

const gymColumns = ['member', 'at', 'visit', 'what', 'minutes_ms', 'tariff', 'machine'] as const;

const day = 86_400_000;
const start = Date.UTC(2024, 0, 1);

/** Visits of `members` members in `days` days, by time; about four in ten leave, who come less and complain before it. */
export function gymLog(members: number, days: number, seed: number): GymEvent[] {
  const events = Array.from({ length: members }, (_, i) => memberEvents(i, days, seed)).flat();
  return events.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : a.member < b.member ? -1 : 1));
}

function memberEvents(index: number, days: number, seed: number): GymEvent[] {
  const random = createRandom(hash32(`member ${index}`, seed));
  const member = `m${String(index).padStart(4, '0')}`;
  const tariff = ['gold', 'silver', 'trial'][random.integer(3)];
  const leaves = random.float() < 0.4;
  const last = leaves ? 10 + random.integer(days - 10) : days;
  const events: GymEvent[] = [];
  let visit = 1;
  const add = (time: number, what: string, minutes: number | null, machine: string | null) =>
    events.push({
      ...{ member, at: new Date(time).toISOString(), visit, what },
      ...{ minutes_ms: minutes === null ? null : minutes * 60_000, tariff, machine },
    });
  for (let today = random.integer(5); today < last; today++) {
    const fading = leaves && last - today < 20;
    if (random.float() > (fading ? 0.12 : 0.35)) continue;
    visit++;
    let time = start + today * day + (6 + random.integer(14)) * 3_600_000 + random.integer(3_000_000);
    for (let exercise = 1 + random.integer(4); exercise > 0; exercise--) {
      const machine = `machine ${random.integer(12)}`;
      const inClass = random.float() < 0.3;
      const minutes = 5 + random.integer(30);
      add(time, inClass ? 'class attended' : 'machine used', minutes, inClass ? null : machine);
      time += minutes * 60_000;
    }
    if (random.float() < (fading ? 0.5 : 0.05)) add(time, 'complaint', null, null);
    else if (random.float() < 0.3) add(time, 'class liked', null, null);
  }
  visit++;
  if (leaves)
    add(start + last * day - 60_000 - random.integer(3_600_000), 'membership cancelled', null, null);
  return events;
}

export function toCsv(events: readonly GymEvent[]): string {
  const lines = events.map((event) => gymColumns.map((column) => csvCell(event[column])).join(','));
  return `${[gymColumns.join(','), ...lines].join('\n')}\n`;
}

function csvCell(value: string | number | null): string {
  const text = String(value ?? '');
  return /[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

export function toJsonLines(events: readonly GymEvent[]): string {
  return events.map((event) => `${JSON.stringify(event)}\n`).join('');
}

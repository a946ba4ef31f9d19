import { createReadStream } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { createRandom, hash32 } from '../../dist/random.js';

const day = 86_400_000;

/** Events by user and day of a simulated Sparkify log. */
export async function readDays(log) {
  const days = new Map();
  for await (const line of createInterface({ input: createReadStream(log) })) {
    const { userId, ts, page } = JSON.parse(line);
    if (userId === '' || page.startsWith('Cancel')) continue;
    const own = days.get(userId) ?? new Map();
    const at = Math.floor(ts / day);
    own.set(at, (own.get(at) ?? 0) + 1);
    days.set(userId, own);
  }
  return days;
}

/**
 * Tables as an honest colleague would give them: daily ratings that follow past activity, dated when they were known, and a profile that
 * never changes. With `daysAhead` the ratings are dated before the time that they tell of.
 */
export async function writeOwnTables(folder, days, seed, daysAhead = 0) {
  const random = createRandom(hash32('own tables', seed));
  const first = Math.min(...[...days.values()].flatMap((own) => [...own.keys()]));
  const last = Math.max(...[...days.values()].flatMap((own) => [...own.keys()]));
  const ratings = ['userId,known,rating'];
  const profile = ['userId,household,city_size'];
  for (const [user, own] of days) {
    profile.push(`${user},${1 + random.integer(5)},${['small', 'middle', 'large'][random.integer(3)]}`);
    for (let known = first; known <= last; known++) {
      let events = 0;
      for (let at = known + daysAhead - 7; at < known + daysAhead; at++) events += own.get(at) ?? 0;
      ratings.push(
        `${user},${new Date(known * day - 1000).toISOString()},${events * (0.75 + random.float() / 2)}`,
      );
    }
  }
  await writeFile(join(folder, 'ratings.csv'), `${ratings.join('\n')}\n`);
  await writeFile(join(folder, 'profile.csv'), `${profile.join('\n')}\n`);
}

import { once } from 'node:events';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** Both shapes by name: what is said of them, and how a log of theirs is made of a simulated one. */
export const shapes = {
  skew: {
    title: ({ hotEvents }) => `one user with ${hotEvents.toLocaleString('en-US')} events among others`,
    write: writeSkewed,
  },
  files: {
    title: ({ files }) => `${files.toLocaleString('en-US')} files`,
    write: writeScattered,
  },
};

/** Ends each session of the user that has most of the events. */
const eventsOfSession = 500;

/** The log, and beside each of its events one or more that a further user did at that time; gives the file. */
async function writeSkewed(log, folder, { hotEvents }) {
  const path = join(folder, 'skew.json');
  const out = createWriteStream(path);
  const events = await countEvents(log);
  let seen = 0;
  let added = 0;
  for await (const line of linesOf(log)) {
    await write(out, `${line}\n`);
    const until = Math.ceil((++seen / events) * hotEvents);
    const record = JSON.parse(line);
    for (; added < until; added++) await write(out, `${JSON.stringify(hotEvent(record, added))}\n`);
  }
  out.end();
  await once(out, 'finish');
  return path;
}

/** What is no song becomes one, so that the user neither leaves nor changes the plan a thousand times. */
function hotEvent(record, n) {
  const { ts, page, song = 'Song', artist = 'Artist', length = 200 } = record;
  return {
    ...record,
    ...{ ts: ts + (n % 1000), userId: 'hot', auth: 'Logged In', level: 'paid', method: 'PUT', status: 200 },
    ...{ page: page === 'Thumbs Up' ? page : 'NextSong', song, artist, length },
    ...{ sessionId: 10_000_000 + Math.floor(n / eventsOfSession), itemInSession: n % eventsOfSession },
  };
}

/** The lines of the log dealt to so many files by turns; gives their folder. */
async function writeScattered(log, folder, { files }) {
  const parts = Array.from({ length: files }, () => []);
  let seen = 0;
  for await (const line of linesOf(log)) parts[seen++ % files].push(line);
  const target = join(folder, 'files');
  await mkdir(target);
  for (const [n, lines] of parts.entries())
    await writeFile(join(target, `part-${n}.json`), `${lines.join('\n')}\n`);
  return target;
}

async function countEvents(log) {
  let events = 0;
  for await (const _ of linesOf(log)) events++;
  return events;
}

function linesOf(path) {
  return createInterface({ input: createReadStream(path), crlfDelay: Number.POSITIVE_INFINITY });
}

async function write(out, text) {
  if (!out.write(text)) await once(out, 'drain');
}

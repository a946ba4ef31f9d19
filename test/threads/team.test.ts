import { Worker } from 'node:worker_threads';
import { describe, expect, it } from 'vitest';
import { alone, partOf, teamPlaces, workInTeam } from '../../src/threads/team.ts';
import { workerUrl } from '../../src/threads/worker-url.ts';

const team = workerUrl(new URL('../../src/threads/pool.ts', import.meta.url).href, './team.ts');

/** Runs the body in each of `size` threads as a member of one team; gives what each returned, or its error's message. */
function inTeam(name: string, size: number, body: string): Promise<unknown[]> {
  const script = `
    const { parentPort, workerData } = require('node:worker_threads');
    import(${JSON.stringify(team.href)}).then(({ workInTeam }) => {
      try {
        parentPort.postMessage(workInTeam(workerData, (team) => { ${body} }));
      } catch (error) {
        parentPort.postMessage(error.message);
      }
    });`;
  const members = teamPlaces(name, size).map(
    (place) => new Worker(script, { eval: true, workerData: place }),
  );
  return Promise.all(members.map((worker) => new Promise((resolve) => worker.once('message', resolve))));
}

describe('a team', () => {
  it('of one needs no thread', () => {
    expect(workInTeam(teamPlaces('one', 1)[0], (one) => [one.size, one.member, one.gather('a')])).toEqual([
      1,
      0,
      ['a'],
    ]);
    expect(alone.allocate(8).byteLength).toBe(8);
  });

  it('parts work without gap or overlap', () => {
    const parts = [0, 1, 2].map((member) => partOf({ ...alone, size: 3, member }, 10));
    expect(parts).toEqual([
      [0, 3],
      [3, 6],
      [6, 10],
    ]);
  });

  it('shares memory, gathers what each member has, and meets many times', async () => {
    const body = `
      const shared = new Float64Array(team.allocate(8 * team.size));
      for (let round = 1; round <= 50; round++) {
        shared[team.member] += round * (team.member + 1);
        team.meet();
        const sum = shared.reduce((x, y) => x + y, 0);
        if (sum !== 6 * (round * (round + 1)) / 2) throw new Error('round ' + round + ' has ' + sum);
        team.meet();
      }
      return team.gather({ member: team.member }).map(({ member }) => member * 10);`;
    expect(await inTeam('sharing', 3, body)).toEqual([
      [0, 10, 20],
      [0, 10, 20],
      [0, 10, 20],
    ]);
  });

  it('wakes those who wait for a member that failed, and they fail of the same', async () => {
    const body = `
      if (team.member === 1) throw new Error('out of luck');
      for (;;) team.meet();`;
    expect(await inTeam('failing', 3, body)).toEqual(['out of luck', 'out of luck', 'out of luck']);
  });
});

import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Effects } from '../effects.ts';
import { explore } from '../explore/explore.ts';
import { competingIncidence } from '../explore/incidence.ts';
import { withContext } from './context.ts';
import { writeIncidence } from './incidence-file.ts';
import { engineSettings, type Manifest, readingPart, version, writeManifest } from './manifest.ts';
import { inNewFolder } from './output-folder.ts';
import { checkOutsideLog } from './outside-log.ts';
import { readLog } from './read-log.ts';
import type { ReadSettings } from './settings.ts';
import { writeStatistics } from './statistics-files.ts';

export interface ExploreSettings extends ReadSettings {
  readonly out: string;
  /** Replace an earlier run in `out`. */
  readonly force: boolean;
}

/** Reads the log and writes its statistics to the folder `settings.out`, whole or not at all; learns nothing. */
export async function exploreLog(settings: ExploreSettings, effects: Effects): Promise<Manifest> {
  await checkOutsideLog(settings.out, settings.log);
  return inNewFolder(settings.out, settings.force, (folder) =>
    withContext(folder, settings, effects, async (context) => {
      const { engine, stopwatch } = context;
      const log = await readLog(settings, context);
      const exploration = await stopwatch.time('explore', () => explore(settings.definition, engine));
      await writeStatistics(folder, exploration, log.ingested);
      await writeIncidence(folder, await competingIncidence(settings.definition, engine));
      await copyFile(log.ingested.quarantinePath, join(folder, 'quarantine.ndjson'));
      const { log: paths, definition, maxBadRows, spark } = settings;
      const manifest: Manifest = {
        version,
        command: 'explore',
        createdAt: new Date(effects.now()).toISOString(),
        settings: {
          log: paths,
          definition,
          maxBadRows,
          ...engineSettings(spark),
          threads: effects.threads,
        },
        ...readingPart(log),
        seconds: stopwatch.seconds,
      };
      await writeManifest(folder, manifest);
      return manifest;
    }),
  );
}

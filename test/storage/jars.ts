import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheFolder } from '../../src/engine/spark/server/cache-folder.ts';
import { withLock } from '../../src/engine/spark/server/lock.ts';
import { runTool } from '../../src/engine/spark/server/run-tool.ts';

interface Jar {
  readonly sha256: string;
  readonly group: string;
  readonly artifact: string;
  readonly version: string;
}

/** Jars of `jars.sha256` in the cache folder, fetched by Maven on first use (70 MB). @returns the path of each, by artifact. */
export async function installJars(): Promise<ReadonlyMap<string, string>> {
  const list = await readFile(new URL('jars.sha256', import.meta.url), 'utf8');
  const jars = list
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map(parseJar);
  const edition = createHash('sha256').update(list).digest('hex').slice(0, 8);
  const folder = join(cacheFolder(process.env), `jars-${edition}`);
  await withLock(`${folder}.lock`, new AbortController().signal, async () => {
    if (existsSync(folder)) return;
    process.stderr.write('install jars for S3 and HDFS …\n');
    const partial = `${folder}.partial`;
    await rm(partial, { recursive: true, force: true });
    await mkdir(partial, { recursive: true });
    await fetchJars(jars, partial);
    for (const jar of jars) await checkJar(jar, join(partial, fileName(jar)));
    await rename(partial, folder);
  });
  return new Map(jars.map((jar) => [jar.artifact, join(folder, fileName(jar))]));
}

function parseJar(line: string): Jar {
  const match = /^([0-9a-f]{64}) ([^:]+):([^:]+):([^:]+)$/.exec(line);
  if (match === null) throw new Error(`jars.sha256: expected "SHA256 group:artifact:version", not ${line}`);
  const [, sha256, group, artifact, version] = match;
  return { sha256, group, artifact, version };
}

function fileName({ artifact, version }: Jar): string {
  return `${artifact}-${version}.jar`;
}

async function fetchJars(jars: readonly Jar[], folder: string): Promise<void> {
  const pom = join(folder, 'pom.xml');
  await writeFile(pom, project(jars));
  const args = ['-B', '-q', '-f', pom, 'dependency:copy-dependencies', `-DoutputDirectory=${folder}`];
  const result = await runTool('mvn', args, { env: process.env, signal: new AbortController().signal });
  if (result === undefined)
    throw new Error('Maven (mvn) is not on the PATH: it fetches the jars for S3 and HDFS.');
  if (result.code !== 0) throw new Error(`mvn ${args.join(' ')} failed:\n${result.output.slice(-4000)}`);
}

/** Without what the artifacts ask for: the list is complete. */
function project(jars: readonly Jar[]): string {
  const dependencies = jars.map(
    ({ group, artifact, version }) =>
      `<dependency><groupId>${group}</groupId><artifactId>${artifact}</artifactId><version>${version}</version>
      <exclusions><exclusion><groupId>*</groupId><artifactId>*</artifactId></exclusion></exclusions></dependency>`,
  );
  return `<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>
    <groupId>refrain</groupId><artifactId>stand-ins</artifactId><version>1</version>
    <dependencies>${dependencies.join('\n')}</dependencies></project>`;
}

async function checkJar(jar: Jar, path: string): Promise<void> {
  const found = createHash('sha256')
    .update(await readFile(path))
    .digest('hex');
  if (found === jar.sha256) return;
  throw new Error(`${fileName(jar)} has the SHA-256 ${found}, not ${jar.sha256} as jars.sha256 says.`);
}

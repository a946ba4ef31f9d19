import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { javaVersion, requireJava } from '../../../../src/engine/spark/server/java.ts';
import { EngineError } from '../../../../src/errors.ts';

const folder = mkdtempSync(join(tmpdir(), 'refrain-test-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const { signal } = new AbortController();

/** A JAVA_HOME whose java says this, and ends with this code. */
function javaHome(name: string, says: string, code = 0): string {
  const home = join(folder, name);
  mkdirSync(join(home, 'bin'), { recursive: true });
  writeFileSync(join(home, 'bin', 'java'), `#!/bin/sh\necho '${says}' >&2\nexit ${code}\n`);
  chmodSync(join(home, 'bin', 'java'), 0o755);
  return home;
}

test.each([
  ['openjdk version "17.0.15" 2025-04-15', 17],
  ['java version "1.8.0_402"', 8],
  ['openjdk version "21" 2023-09-19', 21],
  ['Picked up JAVA_TOOL_OPTIONS: -Xmx1g\nopenjdk version "25-ea" 2025-09-16', 25],
  ['The operation couldn’t be completed. Unable to locate a Java Runtime.', undefined],
  ['', undefined],
])('%j is Java %s', (output, version) => {
  expect(javaVersion(output)).toBe(version);
});

test('the Java of this machine will do', async () => {
  await expect(requireJava(process.env, signal)).resolves.toBeUndefined();
});

test('without any Java, it says how to get one', async () => {
  const asked = requireJava({ PATH: folder }, signal);
  await expect(asked).rejects.toThrow(
    /^Spark needs Java 17 or newer, and there is no java on the PATH\. Install .*apt-get install openjdk-17/,
  );
  await expect(asked).rejects.toBeInstanceOf(EngineError);
});

test('a JAVA_HOME without Java is named, even where the PATH has one', async () => {
  const asked = requireJava({ ...process.env, JAVA_HOME: join(folder, 'nothing') }, signal);
  await expect(asked).rejects.toThrow(`JAVA_HOME is ${join(folder, 'nothing')}, but there is no`);
});

test('a Java that is too old is named with its version', async () => {
  const home = javaHome('old', 'openjdk version "11.0.22" 2024-01-16');
  await expect(requireJava({ JAVA_HOME: home, PATH: process.env.PATH }, signal)).rejects.toThrow(
    `Spark needs Java 17 or newer; JAVA_HOME (${home}) is Java 11.`,
  );
});

test('what a broken Java says is shown', async () => {
  const home = javaHome('broken', 'Error: could not find libjava.so', 2);
  await expect(requireJava({ JAVA_HOME: home, PATH: process.env.PATH }, signal)).rejects.toThrow(
    /It said:\nError: could not find libjava\.so$/,
  );
});

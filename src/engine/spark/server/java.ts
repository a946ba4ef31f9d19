import { join } from 'node:path';
import { EngineError } from '../../../errors.ts';
import { runTool } from './run-tool.ts';

const oldestJava = 17;

/**
 * Checks that the Java which Spark will use is there and new enough.
 * @throws EngineError that says how to get it.
 */
export async function requireJava(env: NodeJS.ProcessEnv, signal: AbortSignal): Promise<void> {
  const home = env.JAVA_HOME;
  const isNamed = home !== undefined && home !== '';
  const java = isNamed ? join(home, 'bin', 'java') : 'java';
  const told = await runTool(java, ['-version'], { env, signal });
  if (told === undefined) {
    const where = isNamed ? `JAVA_HOME is ${home}, but there is no ${java}` : 'there is no java on the PATH';
    throw new EngineError(`Spark needs Java ${oldestJava} or newer, and ${where}. ${advice}`, { java });
  }
  const version = javaVersion(told.output);
  if (version === undefined) {
    throw new EngineError(`${java} -version failed. ${advice} It said:\n${told.output.trim()}`, { java });
  }
  if (version < oldestJava) {
    const found = `${isNamed ? `JAVA_HOME (${home})` : 'the java on the PATH'} is Java ${version}`;
    throw new EngineError(`Spark needs Java ${oldestJava} or newer; ${found}. ${advice}`, { java, version });
  }
}

/** The feature release in what `java -version` prints: 17 of `17.0.15`, 8 of `1.8.0_402`. */
export function javaVersion(output: string): number | undefined {
  const match = /version "(?:1\.)?(\d+)/.exec(output);
  return match === null ? undefined : Number(match[1]);
}

const advice =
  'Install a JDK or JRE (Debian, Ubuntu: apt-get install openjdk-17-jre-headless; macOS: brew install openjdk@17; others: adoptium.net) or set JAVA_HOME to one.';

import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runCommand } from './command.mjs';
import { BenchError } from './errors.mjs';
import { progress } from './progress.mjs';

const spark = { name: 'PySpark', folder: '.venv', requirements: 'pyspark/requirements.txt' };
const frames = { name: 'Polars', folder: '.venv-polars', requirements: 'polars/requirements.txt' };

/**
 * The Python that has PySpark: of the virtual environment, made on the first call and when the requirements change.
 * @throws {BenchError} without Java 17, Python 3.10 or the packages.
 */
export async function preparePyspark(signal) {
  await requireJava(signal);
  return prepare(spark, signal);
}

/** The Python that has Polars, as above. @throws {BenchError} without Python 3.10 or the packages. */
export function preparePolars(signal) {
  return prepare(frames, signal);
}

async function prepare({ name, folder, requirements }, signal) {
  const environment = fileURLToPath(new URL(folder, import.meta.url));
  const list = fileURLToPath(new URL(requirements, import.meta.url));
  const python = join(environment, 'bin', 'python');
  const stamp = join(environment, 'requirements.sha256');
  const wanted = createHash('sha256').update(readFileSync(list)).digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return python;
  const base = process.env.PYTHON ?? 'python3';
  await requirePython(name, base, signal);
  progress(`installing ${name} into bench/${folder}, once`);
  rmSync(environment, { recursive: true, force: true });
  await mustRun(name, 'Making a virtual environment', base, ['-m', 'venv', environment], signal);
  const install = ['-m', 'pip', 'install', '--quiet', '--requirement', list];
  await mustRun(name, `Installing ${name}`, python, install, signal);
  writeFileSync(stamp, wanted);
  return python;
}

async function requireJava(signal) {
  const java = process.env.JAVA_HOME === undefined ? 'java' : join(process.env.JAVA_HOME, 'bin', 'java');
  const { status, output } = await runCommand(java, ['-version'], signal);
  if (status !== 0) {
    throw new BenchError(
      `PySpark needs Java 17 or newer, and ${java} does not run: ${output}\nInstall a JDK, set JAVA_HOME, or ${leaveOut(spark.name)}.`,
    );
  }
  const version = /version "(\d+)/.exec(output);
  if (version === null || Number(version[1]) < 17) {
    throw new BenchError(
      `PySpark needs Java 17 or newer; ${java} is ${output.split('\n')[0]}.\nSet JAVA_HOME, or ${leaveOut(spark.name)}.`,
    );
  }
}

async function requirePython(name, base, signal) {
  const { status, output } = await runCommand(base, ['--version'], signal);
  if (status !== 0) {
    throw new BenchError(
      `${name} needs Python 3.10 or newer, and ${base} does not run: ${output}\nInstall it, set PYTHON, or ${leaveOut(name)}.`,
    );
  }
  const version = /Python (\d+)\.(\d+)/.exec(output);
  const isNew = version !== null && (Number(version[1]) > 3 || Number(version[2]) >= 10);
  if (!isNew)
    throw new BenchError(
      `${name} needs Python 3.10 or newer; ${base} is ${output}.\nSet PYTHON, or ${leaveOut(name)}.`,
    );
}

async function mustRun(name, what, file, args, signal) {
  const { status, output } = await runCommand(file, args, signal);
  if (status !== 0)
    throw new BenchError(`${what} failed:\n${output.slice(-2000)}\nMend it, or ${leaveOut(name)}.`);
}

function leaveOut(name) {
  return `leave ${name} out with --without ${name.toLowerCase()}`;
}

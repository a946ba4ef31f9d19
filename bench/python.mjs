import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runCommand } from './command.mjs';
import { BenchError } from './errors.mjs';
import { progress } from './progress.mjs';

const environment = fileURLToPath(new URL('.venv', import.meta.url));
const requirements = fileURLToPath(new URL('pyspark/requirements.txt', import.meta.url));
const python = join(environment, 'bin', 'python');
const stamp = join(environment, 'requirements.sha256');
const withoutIt = 'or leave PySpark out with --without pyspark';

/**
 * The Python that has PySpark: of the virtual environment, made on the first call and when the requirements change.
 * @throws {BenchError} without Java 17, Python 3.10 or the packages.
 */
export async function preparePyspark(signal) {
  await requireJava(signal);
  const wanted = createHash('sha256').update(readFileSync(requirements)).digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return python;
  const base = process.env.PYTHON ?? 'python3';
  await requirePython(base, signal);
  progress('installing PySpark into bench/.venv, once');
  rmSync(environment, { recursive: true, force: true });
  await mustRun('Making a virtual environment', base, ['-m', 'venv', environment], signal);
  const install = ['-m', 'pip', 'install', '--quiet', '--requirement', requirements];
  await mustRun('Installing PySpark', python, install, signal);
  writeFileSync(stamp, wanted);
  return python;
}

async function requireJava(signal) {
  const java = process.env.JAVA_HOME === undefined ? 'java' : join(process.env.JAVA_HOME, 'bin', 'java');
  const { status, output } = await runCommand(java, ['-version'], signal);
  if (status !== 0) {
    throw new BenchError(
      `PySpark needs Java 17 or newer, and ${java} does not run: ${output}\nInstall a JDK, set JAVA_HOME, ${withoutIt}.`,
    );
  }
  const version = /version "(\d+)/.exec(output);
  if (version === null || Number(version[1]) < 17) {
    throw new BenchError(
      `PySpark needs Java 17 or newer; ${java} is ${output.split('\n')[0]}.\nSet JAVA_HOME, ${withoutIt}.`,
    );
  }
}

async function requirePython(base, signal) {
  const { status, output } = await runCommand(base, ['--version'], signal);
  if (status !== 0) {
    throw new BenchError(
      `PySpark needs Python 3.10 or newer, and ${base} does not run: ${output}\nInstall it, set PYTHON, ${withoutIt}.`,
    );
  }
  const version = /Python (\d+)\.(\d+)/.exec(output);
  const isNew = version !== null && (Number(version[1]) > 3 || Number(version[2]) >= 10);
  if (!isNew)
    throw new BenchError(
      `PySpark needs Python 3.10 or newer; ${base} is ${output}.\nSet PYTHON, ${withoutIt}.`,
    );
}

async function mustRun(what, file, args, signal) {
  const { status, output } = await runCommand(file, args, signal);
  if (status !== 0) throw new BenchError(`${what} failed:\n${output.slice(-2000)}\nMend it, ${withoutIt}.`);
}

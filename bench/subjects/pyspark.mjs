import { statSync } from 'node:fs';
import { totalmem } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const script = fileURLToPath(new URL('../pyspark/main.py', import.meta.url));

export const pyspark = {
  id: 'pyspark',
  title: 'PySpark, ledger and features',
  what: 'the same ledger and features, hand-written (DataFrame API, declared schema, built-in functions, events cached); drops the rows of nobody, looks for no bad or doubled lines; both written as Parquet',
  command: ({ log, folder, threads, settings, python }) => ({
    file: python,
    args: [script, log, '--out', join(folder, 'pyspark'), '--work', join(folder, 'spark-work')].concat(
      ['--threads', String(threads), '--memory', `${heapGigabytes(log)}g`],
      ['--lead', String(settings.leadDays), '--horizon', String(settings.horizonDays)],
      ['--every', String(settings.everyDays), '--history', String(settings.historyDays)],
    ),
    env: environment(python),
  }),
  seconds: (output) => JSON.parse(output).seconds,
  versions: (output) => JSON.parse(output).versions,
};

/**
 * Enough for the cached events and the work on them: 11 GiB in place of 2 took a tenth more processor time on a log of 1.1 GB.
 * Half of the machine's memory at most, so that the page cache has the other half.
 */
function heapGigabytes(log) {
  const wanted = Math.ceil((1.5 * statSync(log).size) / 2 ** 30);
  const most = Math.max(1, Math.floor(totalmem() / 2 ** 31));
  return Math.min(most, Math.max(2, wanted));
}

/** Without what would bring in another Spark than the one of the virtual environment. */
function environment(python) {
  const { SPARK_HOME, SPARK_CONF_DIR, PYTHONPATH, PYTHONHOME, PYSPARK_SUBMIT_ARGS, ...rest } = process.env;
  return { ...rest, PYSPARK_PYTHON: python, SPARK_LOCAL_IP: '127.0.0.1', PYTHONDONTWRITEBYTECODE: '1' };
}

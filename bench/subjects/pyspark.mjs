import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sparkSettings, withUi } from '../spark-settings.mjs';
import { workByStage } from '../spark-work.mjs';

const script = fileURLToPath(new URL('../pyspark/main.py', import.meta.url));

export const pyspark = {
  id: 'pyspark',
  title: 'PySpark, ledger and features',
  what: 'the same ledger and features, hand-written (DataFrame API, declared schema, built-in functions, events cached); drops the rows of nobody, looks for no bad or doubled lines; both written as Parquet',
  command: (task) => command(task, sparkSettings(task.log, task.threads)),
  seconds: (output) => JSON.parse(output).seconds,
  versions: (output) => JSON.parse(output).versions,
  parquet: (folder, what) => join(folder, 'pyspark', `${what}.parquet`, '*.parquet'),
};

/** The same, with what Spark read and shuffled at each stage. */
export const pysparkWatched = {
  ...pyspark,
  command: (task) => command(task, withUi(sparkSettings(task.log, task.threads), 0)),
  sparkWork: (output) => workByStage(JSON.parse(output)),
};

function command({ log, folder, threads, settings, python }, { memory, conf }) {
  return {
    file: python,
    args: [script, log, '--out', join(folder, 'pyspark'), '--work', join(folder, 'spark-work')].concat(
      ['--threads', String(threads), '--memory', memory, '--conf', JSON.stringify(conf)],
      ['--lead', String(settings.leadDays), '--horizon', String(settings.horizonDays)],
      ['--every', String(settings.everyDays), '--history', String(settings.historyDays)],
    ),
    env: environment(python),
  };
}

/** Without what would bring in another Spark than the one of the virtual environment. */
function environment(python) {
  const { SPARK_HOME, SPARK_CONF_DIR, PYTHONPATH, PYTHONHOME, PYSPARK_SUBMIT_ARGS, ...rest } = process.env;
  return { ...rest, PYSPARK_PYTHON: python, SPARK_LOCAL_IP: '127.0.0.1', PYTHONDONTWRITEBYTECODE: '1' };
}

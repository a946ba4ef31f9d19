import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sparkSettings } from '../spark-settings.mjs';
import { workByStage } from '../spark-work.mjs';

const worker = fileURLToPath(new URL('../workers/refrain-spark.mjs', import.meta.url));
const work =
  'the same modules and the same results, with the SQL on a Spark that it starts and drives over Spark Connect';

/** In one JVM with as many threads as the others have. */
export const refrainSpark = subject(
  'refrain-spark',
  'Refrain on Spark, ledger and features',
  work,
  (task) => ({
    master: `local[${task.threads}]`,
    ...sparkSettings(task.log, task.threads),
  }),
);

/** On executors that are processes of their own. */
export function refrainOnExecutors(executors) {
  const many = executors === 1 ? '1 executor' : `${executors} executors`;
  return subject(
    `refrain-spark-${executors}`,
    `Refrain on Spark, ${many}`,
    `${work}, and the tasks in ${executors === 1 ? 'a JVM of its own' : `${executors} JVMs of their own`} with one core and 4 GB ${executors === 1 ? '' : 'each '}(\`local-cluster\`)`,
    (task) => {
      const { conf } = sparkSettings(task.log, task.threads);
      const master = `local-cluster[${executors},1,4096]`;
      return { master, memory: '2g', conf: { ...conf, 'spark.executor.memory': '4g' } };
    },
  );
}

function subject(id, title, what, server) {
  return {
    id,
    title,
    what,
    command: (task) => ({
      file: process.execPath,
      args: [worker, task.log, join(task.folder, id), String(task.threads), JSON.stringify(server(task))],
      env: process.env,
    }),
    seconds: (output) => JSON.parse(output).seconds,
    versions: (output) => JSON.parse(output).versions,
    sparkWork: (output) => workByStage(JSON.parse(output)),
    parquet: (folder, what) => join(folder, id, what, '*.parquet'),
  };
}

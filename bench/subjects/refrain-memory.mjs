import { join } from 'node:path';
import { refrainRun } from './refrain-run.mjs';

/** The main job where the engine may hold little. */
export const refrainMemory = {
  ...refrainRun,
  id: 'refrain-1gb',
  title: 'Refrain, the main job, `--memory 1GB`',
  what: 'the same, where DuckDB may hold no more than 1 GB and spills the rest',
  command(task) {
    const { args, ...rest } = refrainRun.command({ ...task, folder: folderOf(task.folder) });
    return { ...rest, args: [...args, '--memory', '1GB'] };
  },
  seconds: (output, folder) => refrainRun.seconds(output, folderOf(folder)),
  parquet: (folder, what) => refrainRun.parquet(folderOf(folder), what),
};

function folderOf(folder) {
  return join(folder, 'memory');
}

import { duckdbScan } from './subjects/duckdb-scan.mjs';
import { pyspark } from './subjects/pyspark.mjs';
import { refrainFeatures } from './subjects/refrain-features.mjs';
import { refrainRun } from './subjects/refrain-run.mjs';
import { wc } from './subjects/wc.mjs';

/**
 * What is measured, in the order of a round. Each has `id`, `title`, `what` (the work it does), `command(task)` (the process: its
 * file, args and env; a task is a log, a folder, threads, settings and a Python), `seconds(output, folder)` (its own seconds by
 * stage, as far as it counts them). It may have `versions(output)`, `sparkWork(output)` (what Spark did in each of its stages) and
 * `parquet(folder, what)` (where it leaves the ledger and the examples: a path or a glob).
 */
export const subjects = [wc, duckdbScan, refrainFeatures, pyspark, refrainRun];

/** Those that may be left out. */
export const peers = [wc.id, duckdbScan.id, pyspark.id];

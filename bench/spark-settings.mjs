import { statSync } from 'node:fs';
import { totalmem } from 'node:os';

const logBytesPerPartition = 256 * 1024 ** 2;

/**
 * How Spark is set, whoever drives it, for one machine.
 * @returns {{memory: string, conf: Record<string, string>}} the driver's heap, and Spark's configuration.
 */
export function sparkSettings(log, threads) {
  const partitions = Math.max(threads, Math.floor(statSync(log).size / logBytesPerPartition));
  return {
    memory: `${heapGigabytes(log)}g`,
    conf: {
      // One JVM does it all: throughput counts, pauses do not.
      'spark.driver.extraJavaOptions': '-XX:+UseParallelGC',
      'spark.executor.extraJavaOptions': '-XX:+UseParallelGC',
      'spark.ui.enabled': 'false',
      'spark.ui.showConsoleProgress': 'false',
      'spark.sql.session.timeZone': 'UTC',
      'spark.sql.shuffle.partitions': String(partitions),
      // The cached events are read three times only: compressing them took longer than it saved.
      'spark.sql.inMemoryColumnarStorage.compressed': 'false',
      // Above 100 columns Spark stops generating code for a whole stage; the features have more.
      'spark.sql.codegen.maxFields': '1000',
    },
  };
}

/** With the UI, whose API tells what each stage read and shuffled. @param port 0 for one that the system chooses. */
export function withUi({ memory, conf }, port) {
  // None but this port: who asks for the stages would else ask a stranger.
  const ui = { 'spark.ui.enabled': 'true', 'spark.ui.port': String(port), 'spark.port.maxRetries': '0' };
  return {
    memory,
    conf: {
      ...conf,
      ...ui,
      'spark.ui.retainedStages': '10000',
      // Spark does not count what Parquet's vectored reads take in: five of six bytes of the stored events.
      'spark.hadoop.parquet.hadoop.vectored.io.enabled': 'false',
    },
  };
}

/**
 * Enough for the cached events and the work on them: 11 GiB in place of 2 took a tenth more processor time on a log of 1.1 GB.
 * Half of the machine's memory at most, so that the page cache has the other half.
 */
function heapGigabytes(log) {
  const wanted = Math.ceil((1.5 * statSync(log).size) / 2 ** 30);
  const most = Math.max(1, Math.floor(totalmem() / 2 ** 31));
  return Math.min(most, Math.max(2, wanted));
}

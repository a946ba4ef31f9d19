"""The Spark session, set for one machine."""

import os

from pyspark.sql import SparkSession

LOG_BYTES_PER_PARTITION = 256 * 1024**2


def open_session(threads: int, memory: str, work: str, log: str) -> SparkSession:
    partitions = max(threads, os.path.getsize(log) // LOG_BYTES_PER_PARTITION)
    settings = {
        "spark.driver.memory": memory,
        # One JVM does it all: throughput counts, pauses do not.
        "spark.driver.extraJavaOptions": "-XX:+UseParallelGC",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
        "spark.local.dir": work,
        "spark.log.level": "ERROR",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.shuffle.partitions": str(partitions),
        # The cached events are read three times only: compressing them took longer than it saved.
        "spark.sql.inMemoryColumnarStorage.compressed": "false",
        # Above 100 columns Spark stops generating code for a whole stage; the features have more.
        "spark.sql.codegen.maxFields": "1000",
    }
    builder = SparkSession.builder.master(f"local[{threads}]").appName("churn-features")
    for name, value in settings.items():
        builder = builder.config(name, value)
    return builder.getOrCreate()

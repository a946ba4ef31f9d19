"""The Spark session, in this process."""

from pyspark.sql import SparkSession


def open_session(threads: int, memory: str, work: str, conf: dict[str, str]) -> SparkSession:
    settings = {
        **conf,
        "spark.driver.memory": memory,
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
        "spark.local.dir": work,
        "spark.log.level": "ERROR",
    }
    builder = SparkSession.builder.master(f"local[{threads}]").appName("churn-features")
    for name, value in settings.items():
        builder = builder.config(name, value)
    return builder.getOrCreate()

"""Refrain's user-day ledger and features, hand-written for Spark: JSON lines in, two Parquet folders out.

Prints one line of JSON: versions, seconds by stage, when each stage was, and the stages of Spark itself.
"""

import argparse
import json
import platform
import time
from collections.abc import Iterator
from contextlib import contextmanager

from pyspark.sql import DataFrame
from pyspark.sql import functions as F
from pyspark.storagelevel import StorageLevel

from events import DAY_MS, read_events
from features import build_examples
from ledger import build_ledger
from session import open_session
from stages import fetch_stages


def main() -> None:
    options = _options()
    spans: list[dict] = []
    with _stage("start", spans):
        spark = open_session(options.threads, options.memory, options.work, options.conf)
    with _stage("ledger", spans):
        events = read_events(spark, options.log).persist(StorageLevel.MEMORY_AND_DISK)
        ledger = _write(build_ledger(events), f"{options.out}/ledger.parquet")
        events.unpersist()
    with _stage("features", spans):
        examples = build_examples(spark, ledger, _cutoffs(ledger, options), options.lead, options.horizon)
        _write(examples, f"{options.out}/examples.parquet")
    java = spark.sparkContext._jvm.System.getProperty("java.version")
    versions = {"pyspark": spark.version, "python": platform.python_version(), "java": java}
    seconds = {span["stage"]: (span["end"] - span["begin"]) / 1000 for span in spans}
    print(json.dumps({"versions": versions, "seconds": seconds, "spans": spans, "stages": fetch_stages(spark)}))
    spark.stop()


def _cutoffs(ledger: DataFrame, options: argparse.Namespace) -> range:
    """Days whose label windows the log covers; the last day counts where its last hour or a later one has an event."""
    first, last = ledger.agg(F.min("first_time"), F.max("last_time")).first()
    latest = (last + 3_600_000) // DAY_MS - options.lead - options.horizon
    earliest = first // DAY_MS + options.history
    if latest < earliest:
        raise SystemExit("The log is too short for one cutoff.")
    return range(latest, earliest - 1, -options.every)[::-1]


def _write(frame: DataFrame, path: str) -> DataFrame:
    """The frame as it stands on disk: what follows reads the file, not the plan."""
    frame.write.option("compression", "zstd").parquet(path)
    return frame.sparkSession.read.parquet(path)


@contextmanager
def _stage(name: str, spans: list[dict]) -> Iterator[None]:
    """Notes when a stage began and ended, in ms since 1970."""
    begin = time.time_ns() // 1_000_000
    yield
    spans.append({"stage": name, "begin": begin, "end": time.time_ns() // 1_000_000})


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("log", help="a file of JSON lines")
    parser.add_argument("--out", required=True, help="folder for ledger.parquet and examples.parquet")
    parser.add_argument("--work", required=True, help="folder for what Spark spills")
    parser.add_argument("--threads", type=int, required=True)
    parser.add_argument("--memory", required=True, help="the driver's heap, such as 8g")
    parser.add_argument("--conf", type=json.loads, required=True, help="Spark's configuration, as an object of JSON")
    for name in ("lead", "horizon", "every", "history"):
        parser.add_argument(f"--{name}", type=int, required=True, help="days, as in `refrain run`")
    return parser.parse_args()


if __name__ == "__main__":
    main()

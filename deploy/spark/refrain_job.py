"""Runs Refrain inside a Spark application: on YARN, EMR, EMR Serverless, Kubernetes or a standalone cluster.

    spark-submit [Spark's options] refrain_job.py --copy-to URL [options] -- run LOG... [Refrain's options]

The driver opens a Spark Connect server on 127.0.0.1, behind a random token, and starts Refrain beside it: no port is
open to others, and nothing keeps running between two runs. When Refrain has ended, its run folder is copied to
URL/NAME by the cluster's own file systems (s3://, s3a://, hdfs://, gs://, file:/...), run.json last: a folder that
holds run.json is whole.

The application ends with Refrain's exit code; 2 and 5 are also its own. Needs Spark 4.0 and Python 3.9 or newer.
"""

import argparse
import datetime
import os
import pathlib
import re
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile

from pyspark import SparkConf
from pyspark.sql import SparkSession

USAGE, ENGINE = 2, 5


def main():
    options = parse_arguments(sys.argv[1:])
    token = secrets.token_urlsafe(32)
    spark = start_spark(token)
    try:
        with tempfile.TemporaryDirectory(prefix="refrain-") as folder:
            return run(spark, token, options, pathlib.Path(folder))
    finally:
        spark.stop()


def parse_arguments(arguments):
    at = arguments.index("--") if "--" in arguments else len(arguments)
    parser = argparse.ArgumentParser(
        prog="refrain_job.py", usage="%(prog)s --copy-to URL [options] -- run LOG... [Refrain's options]"
    )
    parser.add_argument("--copy-to", required=True, metavar="URL", help="folder that gets a folder for each run")
    parser.add_argument("--name", default=utc_now(), help="the run's folder there; by default the time: %(default)s")
    program = parser.add_mutually_exclusive_group()
    program.add_argument("--bundle", metavar="URL", help="file that deploy/bundle.sh made: Node with Refrain")
    program.add_argument("--refrain", default="refrain", metavar="PATH", help="an installed refrain")
    options = parser.parse_args(arguments[:at])
    options.command = arguments[at + 1 :]
    check(parser, options)
    return options


def check(parser, options):
    if not re.fullmatch(r"\w[\w.-]*", options.name, re.ASCII):
        parser.error(f"--name {options.name}: expected letters, digits, '_', '-' and '.'")
    if options.command[:1] != ["run"]:
        parser.error("after -- comes what Refrain is to do: run LOG... [options]")
    for word in options.command:
        if word.split("=")[0] in ("--out", "--engine", "--remote"):
            parser.error(f"{word.split('=')[0]} is set by this job: leave it out")


def utc_now():
    return datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%dT%H%M%SZ")


def start_spark(token):
    os.environ.pop("SPARK_REMOTE", None)  # It would make this session a client of another server.
    plugins = [SparkConf().get("spark.plugins"), "org.apache.spark.sql.connect.SparkConnectPlugin"]
    return (
        SparkSession.builder.config("spark.plugins", ",".join(filter(None, plugins)))
        .config("spark.connect.grpc.binding.address", "127.0.0.1")
        .config("spark.connect.grpc.binding.port", "0")
        .config("spark.connect.authenticate.token", token)
        .getOrCreate()
    )


def run(spark, token, options, folder):
    runs = Files(spark, options.copy_to)
    if runs.exists(options.name):
        say(f"There is something at {runs.url}/{options.name} already: give another --name.")
        return USAGE
    refrain = unpack(spark, options.bundle, folder) if options.bundle else options.refrain
    out = folder / options.name
    command = [refrain, *options.command, "--engine", "spark", "--out", str(out)]
    code = run_to_end(command, {"SPARK_REMOTE": f"sc://127.0.0.1:{port(spark)}", "REFRAIN_SPARK_TOKEN": token})
    if (out / "run.json").exists():
        runs.upload(out)
        say(f"The run is at {runs.url}/{options.name}")
    return code


def port(spark):
    service = spark._jvm.org.apache.spark.sql.connect.service
    return getattr(getattr(service, "SparkConnectService$"), "MODULE$").localPort()


def unpack(spark, bundle, folder):
    parent, name = bundle.rsplit("/", 1)
    Files(spark, parent).download(name, folder / name)
    shutil.unpack_archive(folder / name, folder)
    return str(folder / "refrain" / "bin" / "refrain")


def run_to_end(command, variables):
    """Passes signals on, so that an interrupted Refrain can clear up what it has begun on the cluster."""
    try:
        process = subprocess.Popen(command, env={**os.environ, **variables})
    except OSError as error:
        say(f"Cannot start {command[0]}: {error.strerror}. Give --bundle, or --refrain with its path.")
        return USAGE
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda received, _frame: process.send_signal(received))
    code = process.wait()
    return code if code >= 0 else 128 - code


class Files:
    """A folder in any file system that Spark's Hadoop knows."""

    def __init__(self, spark, url):
        self._configuration = spark._jsc.hadoopConfiguration()
        self._path = spark._jvm.org.apache.hadoop.fs.Path
        # Outside EMR, Hadoop reads S3 as s3a:// only.
        known = not url.startswith("s3://") or self._configuration.get("fs.s3.impl")
        self.url = (url if known else "s3a" + url[len("s3") :]).rstrip("/")
        self._files = self._path(self.url + "/").getFileSystem(self._configuration)

    def exists(self, name):
        return self._files.exists(self._at(name))

    def download(self, name, local):
        self._files.copyToLocalFile(False, self._at(name), self._path(str(local)), True)

    def upload(self, folder):
        names = sorted(path.name for path in folder.iterdir() if path.name != "run.json")
        self._files.mkdirs(self._at(folder.name))
        for name in [*names, "run.json"]:
            local = self._path((folder / name).as_uri())
            self._files.copyFromLocalFile(False, False, local, self._at(f"{folder.name}/{name}"))

    def _at(self, name):
        return self._path(f"{self.url}/{name}")


def say(text):
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except Exception as error:
        say(f"The job failed: {getattr(error, 'java_exception', error)}")
        sys.exit(ENGINE)

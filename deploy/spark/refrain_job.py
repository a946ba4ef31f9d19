"""Runs Refrain inside a Spark application: on YARN, EMR, EMR Serverless, Kubernetes or a standalone cluster.

    spark-submit [Spark's options] refrain_job.py --copy-to URL [options] -- run LOG... [Refrain's options]
    spark-submit [Spark's options] refrain_job.py [options] -- score LOG... --model URL --publish URL|table:NAME

The driver opens a Spark Connect server on 127.0.0.1, behind a random token, and starts Refrain beside it: no port is
open to others, and nothing keeps running between two runs. URLs are those of the cluster's own file systems (s3://,
s3a://, hdfs://, gs://, file:/...). "run" leaves its run folder at URL/NAME, run.json last: a folder that holds run.json
is whole. "score" takes the model of such a folder and leaves its scores where --publish says.

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
        stop(spark)


def parse_arguments(arguments):
    at = arguments.index("--") if "--" in arguments else len(arguments)
    parser = argparse.ArgumentParser(
        prog="refrain_job.py", usage="%(prog)s [options] -- run|score LOG... [Refrain's options]"
    )
    parser.add_argument("--copy-to", metavar="URL", help="folder that gets a folder for each run")
    parser.add_argument("--name", default=utc_now(), help="the run's folder there; by default the time: %(default)s")
    program = parser.add_mutually_exclusive_group()
    program.add_argument("--bundle", metavar="URL", help="file that deploy/bundle.sh made: Node with Refrain")
    program.add_argument("--refrain", default="refrain", metavar="PATH", help="an installed refrain")
    options = parser.parse_args(arguments[:at])
    options.command = [part for word in arguments[at + 1 :] for part in two_words(word)]
    check(parser, options)
    return options


def check(parser, options):
    if not re.fullmatch(r"\w[\w.-]*", options.name, re.ASCII):
        parser.error(f"--name {options.name}: expected letters, digits, '_', '-' and '.'")
    if options.command[:1] not in (["run"], ["score"]):
        parser.error("after -- comes what Refrain is to do: run LOG... or score LOG..., with its options")
    if (options.command[0] == "run") != bool(options.copy_to):
        parser.error("--copy-to is needed by run, and of no use to score")
    if options.command[0] == "score" and not value_of("--publish", options.command):
        parser.error("score needs --publish: what it leaves on this machine goes with the job")
    for word in options.command:
        if word in ("--out", "--engine", "--remote"):
            parser.error(f"{word} is set by this job: leave it out")


def two_words(word):
    return word.split("=", 1) if word.startswith("--") else [word]


def value_of(option, command):
    return dict(zip(command, command[1:])).get(option)


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


def stop(spark):
    try:
        spark.stop()
    except ConnectionError:
        pass  # The JVM has ended before.


def run(spark, token, options, folder):
    refrain = unpack(spark, options.bundle, folder) if options.bundle else options.refrain
    variables = {"SPARK_REMOTE": f"sc://127.0.0.1:{port(spark)}", "REFRAIN_SPARK_TOKEN": token}
    command = [refrain, *options.command, "--engine", "spark"]
    if options.command[0] == "score":
        return run_to_end(with_local_model(spark, command, folder), variables)
    runs = Files(spark, options.copy_to)
    if runs.exists(options.name):
        say(f"There is something at {runs.url}/{options.name} already: give another --name.")
        return USAGE
    out = folder / options.name
    code = run_to_end([*command, "--out", str(out)], variables)
    if (out / "run.json").exists():
        runs.upload(out)
        say(f"The run is at {runs.url}/{options.name}")
    return code


def with_local_model(spark, command, folder):
    url = value_of("--model", command)
    if not url or ":/" not in url:
        return command
    parent, name = (url if url.endswith(".json") else url.rstrip("/") + "/model.json").rsplit("/", 1)
    Files(spark, parent).download(name, folder / name)
    at = command.index("--model")
    return [*command[: at + 1], str(folder / name), *command[at + 2 :]]


def port(spark):
    service = spark._jvm.org.apache.spark.sql.connect.service
    return getattr(getattr(service, "SparkConnectService$"), "MODULE$").localPort()


def unpack(spark, bundle, folder):
    parent, name = bundle.rsplit("/", 1)
    Files(spark, parent).download(name, folder / name)
    shutil.unpack_archive(folder / name, folder)
    return str(folder / "refrain" / "bin" / "refrain")


def run_to_end(command, variables):
    """Ends Refrain with this job: by a signal, so that it can clear up, and when the driver's JVM is gone."""
    try:
        process = subprocess.Popen(command, env={**os.environ, **variables})
    except OSError as error:
        say(f"Cannot start {command[0]}: {error.strerror}. Give --bundle, or --refrain with its path.")
        return USAGE
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda received, _frame: process.send_signal(received))
    parent = os.getppid()
    while True:
        try:
            code = process.wait(timeout=1)
            return code if code >= 0 else 128 - code
        except subprocess.TimeoutExpired:
            if os.getppid() != parent:
                process.kill()
                raise RuntimeError("Spark's driver has ended.") from None


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

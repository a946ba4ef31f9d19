"""A task of a Databricks job: starts the cluster that computes, runs Refrain here, copies the run to a volume.

    refrain_task.py --cluster ID --bundle FILE --copy-to FOLDER -- run LOG... [Refrain's options]

Refrain speaks Spark Connect with the cluster through the workspace, with the token in REFRAIN_SPARK_TOKEN. The task
fails unless Refrain ends with 0; its log has what Refrain said. run.json is copied last: a folder that holds it is whole.
"""

import argparse
import datetime
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import urllib.parse


def main(arguments):
    options = parse_arguments(arguments)
    name = datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%dT%H%M%SZ")
    remote = start_cluster(options.cluster)
    with tempfile.TemporaryDirectory(prefix="refrain-") as text:
        folder = pathlib.Path(text)
        shutil.unpack_archive(options.bundle, folder)
        command = [folder / "refrain" / "bin" / "refrain", *options.command, "--engine", "spark", "--out", folder / name]
        code = subprocess.run(command, env={**os.environ, "SPARK_REMOTE": remote}).returncode
        if (folder / name / "run.json").exists():
            copy(folder / name, pathlib.Path(options.copy_to) / name)
    # sys.exit(0) would count as a failure in Databricks.
    if code != 0:
        sys.exit(code)


def parse_arguments(arguments):
    at = arguments.index("--") if "--" in arguments else len(arguments)
    parser = argparse.ArgumentParser(usage="refrain_task.py --cluster ID --bundle FILE --copy-to FOLDER -- run LOG...")
    parser.add_argument("--cluster", required=True)
    parser.add_argument("--bundle", required=True)
    parser.add_argument("--copy-to", required=True)
    options = parser.parse_args(arguments[:at])
    options.command = arguments[at + 1 :]
    if options.command[:1] != ["run"]:
        parser.error("after -- comes what Refrain is to do: run LOG... [options]")
    return options


def start_cluster(cluster):
    from databricks.sdk import WorkspaceClient  # On every Databricks machine.

    workspace = WorkspaceClient()
    workspace.clusters.ensure_cluster_is_running(cluster)
    host = urllib.parse.urlparse(workspace.config.host).hostname
    return f"sc://{host}:443/;x-databricks-cluster-id={cluster}"


def copy(run, to):
    shutil.copytree(run, to, ignore=lambda folder, _names: ["run.json"] if pathlib.Path(folder) == run else [])
    shutil.copy(run / "run.json", to)
    print(f"The run is at {to}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])

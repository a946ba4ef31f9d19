"""Refrain's user-day ledger, hand-written for Polars: JSON lines in, one Parquet file out.

Prints one line of JSON: versions and seconds by stage.
"""

import argparse
import json
import platform
import time

import polars as pl

from events import read_events
from ledger import build_ledger


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("log", help="a file of JSON lines")
    parser.add_argument("--out", required=True, help="the ledger's file")
    options = parser.parse_args()
    begin = time.perf_counter()
    build_ledger(read_events(options.log)).write_parquet(options.out, compression="zstd")
    seconds = {"ledger": time.perf_counter() - begin}
    versions = {"polars": pl.__version__, "python": platform.python_version()}
    print(json.dumps({"versions": versions, "seconds": seconds}))


if __name__ == "__main__":
    main()

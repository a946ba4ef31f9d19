"""What Spark did in each of its stages, as its UI tells."""

import json
import time
import urllib.request

from pyspark.sql import SparkSession


def fetch_stages(spark: SparkSession) -> list[dict]:
    """All stages, once none runs; nothing without the UI. Spark tells its UI of a stage's end a little after the query's."""
    context = spark.sparkContext
    if context.uiWebUrl is None:
        return []
    url = f"{context.uiWebUrl}/api/v1/applications/{context.applicationId}/stages"
    while True:
        with urllib.request.urlopen(url) as response:
            stages = json.load(response)
        if not any(stage["status"] == "ACTIVE" for stage in stages):
            return [_brief(stage) for stage in stages]
        time.sleep(0.05)


def _brief(stage: dict) -> dict:
    """Without the texts of plans and stacks."""
    return {
        name: value
        for name, value in stage.items()
        if isinstance(value, (int, float)) or name in ("status", "submissionTime")
    }

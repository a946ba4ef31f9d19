"""The features of each user as of each cutoff, with the label: sums of ledger rows, and ratios of the sums."""

from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

from catalogue import features_of, latest_values
from events import DAY_MS
from totals import Totals


def build_examples(spark: SparkSession, ledger: DataFrame, cutoffs: range, lead: int, horizon: int) -> DataFrame:
    """One row a (user, cutoff) at risk; `lost` is 1 where the loss falls in [cutoff + lead, cutoff + lead + horizon)."""
    losses = ledger.groupBy("user").agg(F.min("loss_time").alias("loss_time"))
    days = spark.range(cutoffs.start, cutoffs.stop, cutoffs.step).withColumnRenamed("id", "cutoff")
    seen = ledger.drop("loss_time").join(F.broadcast(days), F.col("day") < F.col("cutoff"))
    totals = Totals()
    features = features_of(totals)
    examples = totals.compute(seen, latest_values()).join(losses, "user")
    start = F.col("cutoff") * DAY_MS
    loss = F.col("loss_time")
    lost = (loss >= start + lead * DAY_MS) & (loss < start + (lead + horizon) * DAY_MS)
    return examples.where(loss.isNull() | (loss >= start)).select(
        "user",
        "cutoff",
        *(value.cast("double").alias(name) for name, value in features.items()),
        F.coalesce(lost, F.lit(False)).cast("double").alias("lost"),
    )

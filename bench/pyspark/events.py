"""The events of users: the log's lines in canonical columns, without the rows of nobody."""

from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F
from pyspark.sql.types import DoubleType, LongType, StringType, StructField, StructType

DAY_MS = 86_400_000
ANONYMOUS = ("Logged Out", "Guest")

# Only what the features need: Spark skips the log's other columns while it parses.
SCHEMA = StructType(
    [
        StructField("userId", StringType()),
        StructField("ts", LongType()),
        StructField("sessionId", StringType()),
        StructField("page", StringType()),
        StructField("auth", StringType()),
        StructField("level", StringType()),
        StructField("itemInSession", LongType()),
        StructField("length", DoubleType()),
        StructField("song", StringType()),
        StructField("artist", StringType()),
        # Some files write it as 1540919166796.0, which a LongType would read as null.
        StructField("registration", DoubleType()),
        StructField("gender", StringType()),
        StructField("location", StringType()),
        StructField("userAgent", StringType()),
    ]
)


def read_events(spark: SparkSession, log: str) -> DataFrame:
    """One row an event of a user; times in ms since 1970, duration in units of 10 µs, day in days since 1970."""
    is_user = (F.col("userId") != "") & F.coalesce(~F.col("auth").isin(*ANONYMOUS), F.lit(True))
    return (
        spark.read.schema(SCHEMA)
        .json(log)
        .where(is_user)
        .select(
            F.col("userId").alias("user"),
            F.col("ts").alias("time"),
            F.expr(f"ts div {DAY_MS}").alias("day"),
            F.col("sessionId").alias("session"),
            F.col("page").alias("action"),
            F.col("itemInSession").alias("sequence"),
            F.col("level").alias("plan"),
            # Lengths have at most five decimals, so this is exact; F.round goes through BigDecimal.
            F.floor(F.col("length") * 100_000 + 0.5).alias("duration"),
            F.col("song").alias("item"),
            F.col("artist").alias("creator"),
            F.col("registration").cast("long").alias("registered"),
            "gender",
            "location",
            F.col("userAgent").alias("agent"),
        )
    )

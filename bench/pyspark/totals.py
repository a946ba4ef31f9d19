"""Sums of ledger columns over windows before a cutoff, each computed once however many features use it."""

from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as F


class Totals:
    """Notes the sums that features ask for, then computes them all in one aggregate."""

    def __init__(self) -> None:
        self._sums: dict[str, Column] = {}

    def sum(self, column: str, window: int | str, skip: int = 0) -> Column:
        """The sum over the `window` days (or "all") that end `skip` days before the cutoff."""
        name = f"{column}@{window}-{skip}"
        age = F.col("cutoff") - F.col("day")
        value = F.col(column)
        if window != "all":
            value = F.when((age > skip) & (age <= window + skip), value)
        self._sums[name] = F.coalesce(F.sum(value), F.lit(0)).alias(name)
        return F.col(f"`{name}`")

    def compute(self, seen: DataFrame, others: list[Column]) -> DataFrame:
        """`seen`: ledger rows with every cutoff that they precede. One row a user and cutoff."""
        return seen.groupBy("user", "cutoff").agg(*self._sums.values(), *others)

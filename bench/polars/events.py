"""The events of users: the log's lines in canonical columns, without the rows of nobody."""

import polars as pl

DAY_MS = 86_400_000
ANONYMOUS = ["Logged Out", "Guest"]

# Only what the ledger needs: Polars skips the log's other columns while it parses.
SCHEMA = {
    "userId": pl.String,
    "ts": pl.Int64,
    "sessionId": pl.Int64,
    "page": pl.String,
    "auth": pl.String,
    "level": pl.String,
    "itemInSession": pl.Int64,
    "length": pl.Float64,
    "song": pl.String,
    "artist": pl.String,
    "registration": pl.Float64,
    "gender": pl.String,
    "location": pl.String,
    "userAgent": pl.String,
}


def read_events(log: str) -> pl.LazyFrame:
    """One row an event of a user; times in ms since 1970, duration in units of 10 µs, day in days since 1970."""
    return (
        pl.scan_ndjson(log, schema=SCHEMA, low_memory=True)
        .filter((pl.col("userId") != "") & ~pl.col("auth").is_in(ANONYMOUS).fill_null(False))
        .select(
            user="userId",
            time="ts",
            day=pl.col("ts") // DAY_MS,
            session="sessionId",
            action="page",
            sequence="itemInSession",
            plan="level",
            duration=(pl.col("length") * 100_000 + 0.5).floor().cast(pl.Int64),
            # What is asked of these is only whether they are new to the user.
            item=pl.col("song").hash(),
            creator=pl.col("artist").hash(),
            has_item=pl.col("song").is_not_null(),
            has_creator=pl.col("artist").is_not_null(),
            registered=pl.col("registration").cast(pl.Int64),
            gender="gender",
            location="location",
            agent="userAgent",
        )
    )

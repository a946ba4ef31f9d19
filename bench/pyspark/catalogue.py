"""The 205 features, as Refrain's own catalogue defines them for this log (`refrain features`)."""

from pyspark.sql import Column
from pyspark.sql import functions as F

from events import DAY_MS
from ledger import ROLES
from totals import Totals

HOUR_MS = 3_600_000
WINDOWS = [1, 3, 7, 14, 30, "all"]
SPARSE_WINDOWS = [7, 30, "all"]
DENSE_ROLES = ["play", "like", "dislike", "advert", "downgrade_visit"]
RECENT_ROLES = [*DENSE_ROLES, "upgrade", "downgrade"]
TRENDS = {
    "events": "events",
    "sessions": "sessions",
    "session_ms": "session_time",
    "n_play": "play",
    "n_like": "like",
    "n_dislike": "dislike",
    "n_advert": "advert",
}


def latest_values() -> list[Column]:
    """Extremes of the ledger's rows before a cutoff, which the features below read beside the sums."""
    is_paid = (F.col("plan") == "paid").cast("long")
    return [
        F.min("day").alias("first_day"),
        F.min("first_time").alias("first_time"),
        F.max("last_time").alias("last_time"),
        *(F.max(f"last_{role}").alias(f"last_{role}") for role in RECENT_ROLES),
        F.max("registered").alias("registered"),
        # The plan of the last day as a number: a text would make Spark sort the rows.
        F.max(F.col("day") * 2 + is_paid).alias("day_and_plan"),
        *(F.max(condition.cast("int")).alias(name) for name, condition in _flags().items()),
    ]


def features_of(totals: Totals) -> dict[str, Column]:
    """Name and value of each feature, over the totals and the extremes; null is missing."""
    return {
        **_activity(totals),
        **_sessions(totals),
        **_actions(totals),
        **_consumption(totals),
        **_shares(totals),
        **_recency(),
        **_trends(totals),
        **_profile(),
    }


def _activity(totals: Totals) -> dict[str, Column]:
    share = _ratio(totals.sum("active_days", "all"), F.col("cutoff") - F.col("first_day"))
    return {
        **{f"events_{_suffix(window)}": totals.sum("events", window) for window in WINDOWS},
        **{f"active_days_{_suffix(window)}": totals.sum("active_days", window) for window in WINDOWS[1:]},
        "active_days_share": share,
    }


def _sessions(totals: Totals) -> dict[str, Column]:
    features = {}
    for window in WINDOWS:
        features[f"sessions_{_suffix(window)}"] = totals.sum("sessions", window)
        features[f"session_hours_{_suffix(window)}"] = totals.sum("session_ms", window) / HOUR_MS
    for window in SPARSE_WINDOWS:
        sessions = totals.sum("sessions", window)
        features[f"hours_per_session_{_suffix(window)}"] = _ratio(totals.sum("session_ms", window) / HOUR_MS, sessions)
        features[f"events_per_session_{_suffix(window)}"] = _ratio(totals.sum("events", window), sessions)
    gaps = totals.sum("gaps", "all")
    gap_s = totals.sum("gap_s", "all").cast("double")
    squares = totals.sum("gap_s_squared", "all") - gap_s * gap_s / gaps
    features["gap_hours_mean"] = _ratio(gap_s / 3600, gaps)
    features["gap_hours_sd"] = F.when(gaps >= 2, F.sqrt(F.greatest(squares / (gaps - 1), F.lit(0.0))) / 3600)
    return features


def _actions(totals: Totals) -> dict[str, Column]:
    features = {}
    for role in ROLES:
        for window in WINDOWS if role in DENSE_ROLES else SPARSE_WINDOWS:
            features[f"{role}_{_suffix(window)}"] = totals.sum(f"n_{role}", window)
        for window in SPARSE_WINDOWS:
            hours = totals.sum("session_ms", window) / HOUR_MS
            features[f"{role}_per_hour_{_suffix(window)}"] = _ratio(totals.sum(f"n_{role}", window), hours)
    return features


def _consumption(totals: Totals) -> dict[str, Column]:
    features = {}
    for window in SPARSE_WINDOWS:
        plays = totals.sum("n_play", window)
        features[f"play_hours_{_suffix(window)}"] = totals.sum("duration", window) / 360_000_000
        features[f"plays_per_session_{_suffix(window)}"] = _ratio(plays, totals.sum("sessions", window))
        for things in ("new_creators", "new_items"):
            features[f"{things}_{_suffix(window)}"] = totals.sum(things, window)
            features[f"{things}_share_{_suffix(window)}"] = _ratio(totals.sum(things, window), plays)
    return features


def _shares(totals: Totals) -> dict[str, Column]:
    features = {"ever_paid": (totals.sum("paid_events", "all") > 0).cast("int")}
    for window in SPARSE_WINDOWS:
        likes, events = totals.sum("n_like", window), totals.sum("events", window)
        adverts, plays = totals.sum("n_advert", window), totals.sum("n_play", window)
        features[f"like_share_{_suffix(window)}"] = _ratio(likes, likes + totals.sum("n_dislike", window))
        features[f"adverts_per_play_{_suffix(window)}"] = _ratio(adverts, plays)
        features[f"paid_share_{_suffix(window)}"] = _ratio(totals.sum("paid_events", window), events)
    for window in (30, "all"):
        events = totals.sum("events", window)
        for when in ("night", "weekend"):
            features[f"{when}_share_{_suffix(window)}"] = _ratio(totals.sum(f"{when}_events", window), events)
    return features


def _recency() -> dict[str, Column]:
    times = {"last_event": "last_time", "first_event": "first_time"}
    times.update({role: f"last_{role}" for role in RECENT_ROLES})
    return {f"days_since_{name}": _days_since(time) for name, time in times.items()}


def _trends(totals: Totals) -> dict[str, Column]:
    features = {}
    for column, name in TRENDS.items():
        for days in (7, 14):
            now, before = totals.sum(column, days), totals.sum(column, days, skip=days)
            features[f"{name}_trend_{days}d"] = _ratio(now - before, now + before)
    return features


def _profile() -> dict[str, Column]:
    tenure = _days_since("registered")
    return {
        "is_paid": F.coalesce(F.col("day_and_plan") % 2, F.lit(0)),
        "tenure_days": F.when(tenure > 0, tenure),
        **{name: F.col(name) for name in _flags()},
    }


def _flags() -> dict[str, Column]:
    return {
        "is_female": F.col("gender").isin("F", "f", "female"),
        "is_on_phone_or_tablet": F.col("on_phone_or_tablet"),
        "is_on_windows": F.col("on_windows"),
        "is_on_mac": F.col("on_mac"),
        "is_on_linux": F.col("on_linux"),
    }


def _days_since(time: str) -> Column:
    return (F.col("cutoff") * DAY_MS - F.col(time)) / DAY_MS


def _ratio(numerator: Column, denominator: Column) -> Column:
    """Missing where the denominator is 0."""
    return F.try_divide(numerator.cast("double"), denominator.cast("double"))


def _suffix(window: int | str) -> str:
    return "all" if window == "all" else f"{window}d"

"""The ledger: one row a user and UTC day, in additive columns."""

import polars as pl

from agent import BROWSERS, DEVICES, SYSTEMS, first_match, state_of
from events import DAY_MS

LOSS = "Cancellation Confirmation"
# Nine years, so that the squares of all gaps add up within 64 bits.
LONGEST_GAP_S = 280_000_000

ROLES = {
    "play": ["NextSong"],
    "like": ["Thumbs Up"],
    "dislike": ["Thumbs Down"],
    "advert": ["Roll Advert"],
    "save": ["Add to Playlist"],
    "friend": ["Add Friend"],
    "home": ["Home"],
    "help": ["Help"],
    "settings": ["Settings", "Save Settings"],
    "about": ["About"],
    "error": ["Error"],
    "logout": ["Logout"],
    "upgrade_visit": ["Upgrade"],
    "downgrade_visit": ["Downgrade"],
    "upgrade": ["Submit Upgrade"],
    "downgrade": ["Submit Downgrade"],
}


def build_ledger(events: pl.LazyFrame) -> pl.DataFrame:
    """One pass over the log: what is asked of it twice is collected at once, by the streaming engine."""
    runs, creators, items = pl.collect_all(
        [_runs(events), _first_met(events, "creator"), _first_met(events, "item")], engine="streaming"
    )
    ledger = _days(_slices(runs.lazy()))
    for column, first in (("new_creators", creators), ("new_items", items)):
        ledger = ledger.join(first.lazy().rename({"n": column}), on=["user", "day"], how="left")
    return ledger.with_columns(pl.col("new_creators", "new_items").fill_null(0)).collect()


def _runs(events: pl.LazyFrame) -> pl.LazyFrame:
    """A row a user, session, day, action and plan: the wide aggregates below see a tenth of the rows."""
    position = pl.col("sequence").fill_null(0).clip(0, 65_535)
    return events.group_by("user", "session", "day", "action", "plan").agg(
        n=pl.len().cast(pl.Int64),
        first_time=pl.col("time").min(),
        last_time=pl.col("time").max(),
        last_order=(pl.col("time") * 65_536 + position).max(),
        duration=pl.col("duration").sum(),
        night_events=(pl.col("time") % DAY_MS < 6 * 3_600_000).sum().cast(pl.Int64),
        registered=pl.col("registered").max(),
        gender=pl.col("gender").max(),
        location=pl.col("location").max(),
        agent=pl.col("agent").max(),
    )


def _slices(runs: pl.LazyFrame) -> pl.LazyFrame:
    """A row a user, session and day."""
    is_no_loss = pl.col("action") != LOSS
    counts = {f"n_{role}": _count(pl.col("action").is_in(actions)) for role, actions in ROLES.items()}
    latest = {
        f"last_{role}": pl.col("last_time").filter(pl.col("action").is_in(actions)).max()
        for role, actions in ROLES.items()
    }
    dated = pl.col("plan").is_not_null()
    return runs.group_by("user", "session", "day").agg(
        events=_count(is_no_loss),
        **counts,
        **latest,
        duration=pl.col("duration").sum(),
        paid_events=_count((pl.col("plan") == "paid").fill_null(False) & is_no_loss),
        night_events=pl.col("night_events").filter(is_no_loss).sum(),
        # 1 January 1970 was a Thursday.
        weekend_events=_count((pl.col("day") % 7).is_in([2, 3]) & is_no_loss),
        first_time=pl.col("first_time").min(),
        last_time=pl.col("last_time").max(),
        registered=pl.col("registered").max(),
        gender=pl.col("gender").max(),
        location=pl.col("location").max(),
        agent=pl.col("agent").max(),
        plan_order=pl.col("last_order").filter(dated).max(),
        plan=pl.col("plan").filter(dated).sort_by(pl.col("last_order").filter(dated), pl.col("plan").filter(dated)).last(),
    )


def _days(slices: pl.LazyFrame) -> pl.LazyFrame:
    pause = (pl.col("first_time") - pl.col("before")).clip(lower_bound=0)
    linked = (
        slices.sort("user", "session", "day")
        .with_columns(session_before=pl.col("last_time").shift(1).over("user", "session"))
        .sort("user", "first_time", pl.col("session").cast(pl.String))
        .with_columns(before=pl.col("last_time").shift(1).over("user"))
        .with_columns(begins=pl.col("session_before").is_null())
        .with_columns(gap=pl.when("begins").then((pause // 1000).clip(upper_bound=LONGEST_GAP_S)))
        .with_columns(device=first_match("agent", DEVICES), system=first_match("agent", SYSTEMS))
    )
    sums = ["events", *(f"n_{role}" for role in ROLES), "duration", "paid_events", "night_events", "weekend_events"]
    latest = [*(f"last_{role}" for role in ROLES), "last_time", "registered", "gender", "device", "system"]
    length = pl.col("last_time") - pl.col("first_time")
    since = (pl.col("first_time") - pl.col("session_before")).fill_null(0)
    return linked.group_by("user", "day").agg(
        pl.col(sums).sum(),
        pl.col(latest).max(),
        first_time=pl.col("first_time").min(),
        plan=pl.col("plan").sort_by("plan_order", "plan", nulls_last=False).last(),
        sessions=pl.col("begins").sum().cast(pl.Int64),
        session_ms=(length + since).sum(),
        gaps=pl.col("gap").count().cast(pl.Int64),
        gap_s=pl.col("gap").sum(),
        gap_s_squared=(pl.col("gap") * pl.col("gap")).sum(),
        state=state_of("location").max(),
        browser=first_match("agent", BROWSERS).max(),
        on_phone_or_tablet=pl.col("device").is_in(["phone", "tablet"]).cast(pl.Int64).max(),
        on_windows=(pl.col("system") == "Windows").cast(pl.Int64).max(),
        on_mac=(pl.col("system") == "macOS").cast(pl.Int64).max(),
        on_linux=(pl.col("system") == "Linux").cast(pl.Int64).max(),
        active_days=pl.lit(1, pl.Int64),
    )


def _first_met(events: pl.LazyFrame, thing: str) -> pl.LazyFrame:
    """How many things a user met for the first time, a row a user and day."""
    first = events.filter(pl.col(f"has_{thing}")).group_by("user", thing).agg(pl.col("day").min())
    return first.group_by("user", "day").agg(n=pl.len().cast(pl.Int64))


def _count(condition: pl.Expr) -> pl.Expr:
    return pl.col("n").filter(condition).sum()

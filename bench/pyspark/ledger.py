"""The ledger: one row a user and UTC day, in additive columns."""

from pyspark.sql import Column, DataFrame, Window
from pyspark.sql import functions as F

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


def build_ledger(events: DataFrame) -> DataFrame:
    ledger = _days(_slices(_runs(events)))
    for column, thing in (("new_creators", "creator"), ("new_items", "item")):
        ledger = ledger.join(_first_met(events, thing, column), ["user", "day"], "left")
    return ledger.fillna(0, ["new_creators", "new_items"])


def _runs(events: DataFrame) -> DataFrame:
    """A row a user, session, day, action and plan.

    Spark sorts for an aggregate that keeps a text, and hashes when all are numbers: so texts are keys here, and the
    wide aggregates below see a tenth of the rows.
    """
    position = F.greatest(F.least(F.coalesce("sequence", F.lit(0)), F.lit(65535)), F.lit(0))
    order = F.col("time") * 65536 + position
    night = F.col("time") % DAY_MS < 6 * 3_600_000
    return events.groupBy("user", "session", "day", "action", "plan", "gender", "location", "agent").agg(
        F.count("*").alias("n"),
        F.min("time").alias("first_time"),
        F.max("time").alias("last_time"),
        F.max(order).alias("last_order"),
        F.sum("duration").alias("duration"),
        F.count_if(night).alias("night_events"),
        F.max("registered").alias("registered"),
    )


def _slices(runs: DataFrame) -> DataFrame:
    """A row a user, session and day."""
    roles = [
        column
        for role, actions in ROLES.items()
        for column in (
            _count(F.col("action").isin(*actions)).alias(f"n_{role}"),
            F.max(F.when(F.col("action").isin(*actions), F.col("last_time"))).alias(f"last_{role}"),
        )
    ]
    is_no_loss = F.col("action") != LOSS
    dated_plan = F.struct("last_order", "plan")
    return runs.groupBy("user", "session", "day").agg(
        _count(is_no_loss).alias("events"),
        *roles,
        F.coalesce(F.sum("duration"), F.lit(0)).alias("duration"),
        _count((F.col("plan") == "paid") & is_no_loss).alias("paid_events"),
        F.coalesce(F.sum(F.when(is_no_loss, F.col("night_events"))), F.lit(0)).alias("night_events"),
        # 1 January 1970 was a Thursday.
        _count((F.col("day") % 7).isin(2, 3) & is_no_loss).alias("weekend_events"),
        F.min("first_time").alias("first_time"),
        F.max("last_time").alias("last_time"),
        F.min(F.when(F.col("action") == LOSS, F.col("first_time"))).alias("loss_time"),
        F.max("registered").alias("registered"),
        F.max("gender").alias("gender"),
        F.max("location").alias("location"),
        F.max("agent").alias("agent"),
        F.max(F.when(F.col("plan").isNotNull(), dated_plan)).alias("dated_plan"),
    )


def _days(slices: DataFrame) -> DataFrame:
    in_session = Window.partitionBy("user", "session").orderBy("day")
    of_user = Window.partitionBy("user").orderBy("first_time", "session")
    begins = F.col("session_before").isNull()
    pause = F.greatest(F.col("first_time") - F.col("before"), F.lit(0))
    gap = F.when(begins & F.col("before").isNotNull(), F.least(F.expr("pause div 1000"), F.lit(LONGEST_GAP_S)))
    linked = (
        slices.withColumn("session_before", F.lag("last_time").over(in_session))
        .withColumn("before", F.lag("last_time").over(of_user))
        .withColumn("pause", pause)
        .withColumn("gap", gap)
        .withColumn("device", first_match("agent", DEVICES))
        .withColumn("system", first_match("agent", SYSTEMS))
    )
    sums = ["events", *(f"n_{role}" for role in ROLES), "duration", "paid_events", "night_events", "weekend_events"]
    latest = [*(f"last_{role}" for role in ROLES), "last_time", "registered", "gender"]
    length = F.col("last_time") - F.col("first_time")
    return linked.groupBy("user", "day").agg(
        *(F.sum(name).alias(name) for name in sums),
        *(F.max(name).alias(name) for name in latest),
        F.min("first_time").alias("first_time"),
        F.min("loss_time").alias("loss_time"),
        F.max("dated_plan")["plan"].alias("plan"),
        F.count_if(begins).alias("sessions"),
        F.sum(length + F.coalesce(F.col("first_time") - F.col("session_before"), F.lit(0))).alias("session_ms"),
        F.count("gap").alias("gaps"),
        F.coalesce(F.sum("gap"), F.lit(0)).alias("gap_s"),
        F.coalesce(F.sum(F.col("gap") * F.col("gap")), F.lit(0)).alias("gap_s_squared"),
        F.max(state_of("location")).alias("state"),
        F.max("device").alias("device"),
        F.max("system").alias("system"),
        F.max(first_match("agent", BROWSERS)).alias("browser"),
        F.max(F.col("device").isin("phone", "tablet").cast("int")).alias("on_phone_or_tablet"),
        F.max((F.col("system") == "Windows").cast("int")).alias("on_windows"),
        F.max((F.col("system") == "macOS").cast("int")).alias("on_mac"),
        F.max((F.col("system") == "Linux").cast("int")).alias("on_linux"),
        F.lit(1).cast("long").alias("active_days"),
    )


def _first_met(events: DataFrame, thing: str, column: str) -> DataFrame:
    """How many things a user met for the first time, a row a user and day."""
    first = events.where(F.col(thing).isNotNull()).groupBy("user", thing).agg(F.min("day").alias("day"))
    return first.groupBy("user", "day").agg(F.count("*").alias(column))


def _count(condition: Column) -> Column:
    return F.coalesce(F.sum(F.when(condition, F.col("n"))), F.lit(0))

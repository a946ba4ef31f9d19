"""What a user agent and a location tell, as Refrain reads them (src/ledger/agent.ts)."""

from pyspark.sql import Column
from pyspark.sql import functions as F

SYSTEMS = [
    ("%iPhone%", "iOS"),
    ("%iPad%", "iOS"),
    ("%iPod%", "iOS"),
    ("%Android%", "Android"),
    ("%Windows%", "Windows"),
    ("%Macintosh%", "macOS"),
    ("%CrOS%", "ChromeOS"),
    ("%Linux%", "Linux"),
]
DEVICES = [
    ("%iPad%", "tablet"),
    ("%iPhone%", "phone"),
    ("%Android%Mobile%", "phone"),
    ("%Mozilla%Android%", "tablet"),
    ("%Android%", "phone"),
    ("%Mobile%", "phone"),
    ("%Windows%", "computer"),
    ("%Macintosh%", "computer"),
    ("%CrOS%", "computer"),
    ("%Linux%", "computer"),
]
BROWSERS = [
    ("%Edg%", "Edge"),
    ("%OPR/%", "Opera"),
    ("%SamsungBrowser%", "Samsung Internet"),
    ("%Chrome%", "Chrome"),
    ("%CriOS%", "Chrome"),
    ("%Firefox%", "Firefox"),
    ("%FxiOS%", "Firefox"),
    ("%Trident%", "Internet Explorer"),
    ("%MSIE%", "Internet Explorer"),
    ("%Android%Safari%", "Android Browser"),
    ("%Safari%", "Safari"),
]


def first_match(text: str, patterns: list[tuple[str, str]]) -> Column:
    """The name of the first pattern that the text is like; null stays null."""
    match = F.when(F.col(text).isNull(), None)
    for pattern, name in patterns:
        match = match.when(F.col(text).like(pattern), name)
    return match.otherwise("other")


def state_of(location: str) -> Column:
    """The first state of a location written `City-City, ST-ST`; null for another form."""
    states = F.split_part(F.col(location), F.lit(", "), F.lit(2))
    return F.nullif(F.split_part(states, F.lit("-"), F.lit(1)), F.lit(""))

"""What a user agent and a location tell, as Refrain reads them (src/ledger/agent.ts)."""

import polars as pl

# As regular expressions, the first that matches counts.
SYSTEMS = [
    ("iPhone", "iOS"),
    ("iPad", "iOS"),
    ("iPod", "iOS"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Macintosh", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
]
DEVICES = [
    ("iPad", "tablet"),
    ("iPhone", "phone"),
    ("Android.*Mobile", "phone"),
    ("Mozilla.*Android", "tablet"),
    ("Android", "phone"),
    ("Mobile", "phone"),
    ("Windows", "computer"),
    ("Macintosh", "computer"),
    ("CrOS", "computer"),
    ("Linux", "computer"),
]
BROWSERS = [
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Chrome", "Chrome"),
    ("CriOS", "Chrome"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("Trident", "Internet Explorer"),
    ("MSIE", "Internet Explorer"),
    ("Android.*Safari", "Android Browser"),
    ("Safari", "Safari"),
]


def first_match(text: str, patterns: list[tuple[str, str]]) -> pl.Expr:
    """The name of the first pattern that is in the text; null stays null."""
    match = pl.when(pl.col(text).is_null()).then(None)
    for pattern, name in patterns:
        match = match.when(pl.col(text).str.contains(pattern)).then(pl.lit(name))
    return match.otherwise(pl.lit("other"))


def state_of(location: str) -> pl.Expr:
    """The first state of a location written `City-City, ST-ST`; null for another form."""
    state = pl.col(location).str.split(", ").list.get(1, null_on_oob=True).str.split("-").list.first()
    return pl.when(state != "").then(state)

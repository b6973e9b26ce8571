"""What the names in a score are called where people of the team read them. Pure; tests hold each table to its names."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from banter.leads.moments import say_date
from banter.leads.plain import BANDS, SOURCES
from scoring.fit import FitLine
from scoring.model import CRITERIA, Dimension, Framework, Line, Segment
from scoring.verdict import Stage

SIGNALS: Mapping[str, str] = {
    "precise": "said precisely",
    "some": "said somewhat precisely",
    "vague": "said vaguely",
    "committed": "committed to it",
    "intending": "means to",
    "tentative": "hedged",
    "negative": "said with a no",
}
EVENTS: Mapping[str, str] = {
    "visit": "came to your website",
    "return": "came back to your website",
    "page": "looked at your pages",
    "pricing_page": "looked at your prices",
    "download": "downloaded something",
    "email_click": "clicked in a mail",
    "demo_request": "asked for a demo",
    "booked_call": "booked a call",
    "trial_started": "began a trial",
    "feature_used": "used the product",
}
TRAITS: Mapping[str, str] = {
    "industry": "Industry",
    "size": "Size",
    "region": "Region",
    "title": "Title",
    "current_tool": "Current tool",
    "use_case": "Use case",
    "budget_range": "Budget range",
}
#: What a line is about that is no answer's, by its group.
GROUPS: Mapping[str, str] = {
    "behaviour": "Behaviour",
    "negatives": "Against it",
    "fit": "Fit",
    "caps": "Cap",
    "floor": "Floor",
}
SEGMENTS: Mapping[Segment, str] = {"hot": "Hot by points", "warm": "Warm by points", "cold": "Cold by points"}
STAGES: Mapping[Stage, str] = {
    "SQL": "goes to sales (SQL)",
    "MQL": "for marketing (MQL)",
    "PQL": "uses the product already (PQL)",
}
#: By the end of a flag's name; `{about}` is how it begins, in words.
FLAGS: Mapping[str, str] = {
    "hedged": "{about} is hedged: ask again.",
    "guessed": "{about} is the likeliest reading of the whole answer; no rule knew the words.",
    "unknown": "Nothing of your ideal customer is known of them yet.",
    "requalify": "Back on your website, cold by points and a good fit: asked again as soon as they write.",
}


def criterion(dimension: Dimension, framework: Framework) -> str:
    return CRITERIA[framework][dimension].capitalize()


def about(line: Line, framework: Framework) -> str:
    """`Budget`, `Behaviour`: what a line speaks for."""
    if line.dimension is not None:
        return criterion(line.dimension, framework)
    return GROUPS.get(line.group, _plain(line.group).capitalize())


def plain(line: Line, percent: int | None = None) -> str:
    """What a line says, without its figures; `percent` is the fit's."""
    name = line.rule.partition(".")[2]
    if line.group == "answers" and line.dimension is not None:
        return BANDS[line.dimension].get(name, _plain(name))
    if line.group == "signals":
        return SIGNALS.get(name.rpartition(".")[2], _plain(name))
    if line.group == "behaviour":
        return EVENTS.get(name, _plain(name))
    if line.group in ("caps", "floor"):
        return " ".join(line.evidence).rstrip(".") or _plain(name)
    if line.group == "fit" and percent is not None:
        return f"{percent}% of your ideal customer"
    return _plain(name)


def verdict_on(line: FitLine, disqualified: str | None) -> str:
    """How a trait of the lead compares with the ideal customer."""
    if not line.known:
        return "not known"
    if line.about == disqualified:
        return "rules them out"
    return "does not fit" if line.points == 0 else "fits" if line.points == line.most else "nearly fits"


def trait(name: str) -> str:
    return TRAITS.get(name, _plain(name).capitalize())


def flag(name: str, framework: Framework) -> str:
    """What a flag means, as a sentence."""
    head, _, end = name.rpartition(".")
    if end not in FLAGS:
        return f"{_plain(name).capitalize()}."
    names: Mapping[str, str] = {**GROUPS, **{d: criterion(d, framework) for d in CRITERIA[framework]}}
    return FLAGS[end].format(about=names.get(head, _plain(head).capitalize()))


def whence(source: str, at: date | None) -> str:
    """`said on 17 Nov 2026`, `by their phone number`; nothing where the words beside it say it all."""
    day = say_date(at) if at else ""
    if source in ("said", ""):
        return f"said on {day}" if day else ""
    if source == "behaviour":
        return f"last on {day}" if day else ""
    return ", ".join(part for part in (SOURCES.get(source, f"by {_plain(source)}"), day) if part)


def age(days: int) -> str:
    return "of the same day" if days < 1 else "one day old" if days == 1 else f"{days} days old"


def _plain(name: str) -> str:
    return name.replace(".", ", ").replace("_", " ")

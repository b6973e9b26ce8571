"""The signs of what a message does: its words, its parts and how each begins and ends, what its clauses are about, and
what it would say on the open question."""

from __future__ import annotations

from collections.abc import Iterator

from banter.extraction.gibberish import is_markup, looks_typed_at_random
from banter.extraction.glance import Glance
from banter.extraction.signs import Signs
from banter.extraction.subjects import spoken_of
from banter.extraction.word_signs import letters, ones_and_twos, spoken, stem
from scoring.model import DIMENSIONS

#: How much each group weighs. Chosen by cross-validation over the authors of `corpus/train/acts`.
WEIGHTS = {"words": 1.6, "letters": 1.0, "stems": 0.5, "open": 1.2, "build": 1.0, "subjects": 0.7, "edges": 1.0}
_MOST_WORDS = 80
_MOST_EDGE = 24
_SURE = (0.2, 0.35, 0.5, 0.65, 0.8)
_LENGTHS = ((4, 4), (7, 6), (15, 12))


def act_signs(seen: Glance) -> Signs:
    """The signs by which the model of acts judges a message."""
    words = spoken([token.key for token in seen.message.tokens[:_MOST_WORDS]])
    open_kind = kind_of(seen.open_question)
    pairs = sorted(set(ones_and_twos(words)))
    return {
        "words": [f"w {sign}" for sign in pairs],
        "letters": sorted(set(letters(words))),
        "stems": sorted({f"m {sign}" for sign in ones_and_twos([stem(word) for word in words])}),
        "open": sorted({*(f"q {open_kind} {s}" for s in pairs), *(f"Q {seen.open_question} {w}" for w in words)}),
        "build": sorted(set(_build(seen, open_kind, len(words)))),
        "subjects": sorted(set(_subjects(seen))),
        "edges": sorted(set(_edges(seen, open_kind))),
    }


def kind_of(open_question: str | None) -> str:
    """Which kind of question is open: "dim" for one of the four."""
    return "dim" if open_question in DIMENSIONS else open_question or "none"


def _build(seen: Glance, open_kind: str, length: int) -> Iterator[str]:
    line = ["^"]
    for part, kind, form, topic in zip(seen.parts, seen.kinds, seen.forms, seen.topics, strict=True):
        found = [*sorted(kind), *(f"f {name}" for name in sorted(form))]
        found += [f"t {topic}"] if topic else []
        found += ["asks"] if part.asks else []
        yield from (f"k {name}" for name in found)
        yield from (f"k {open_kind} {name}" for name in found)
        yield f"p {part.asks} {bool(topic)} {open_kind}"
        line.append("Q" if topic else "S" if kind else "_")
    if len(line) < 6:
        yield f"l {' '.join(line)}"
    size = next((name for limit, name in _LENGTHS if length <= limit), 30) if length > 4 else length
    yield from (f"n {size}", f"n {size} {open_kind}", f"q {seen.open_question}", f"qk {open_kind}")
    yield f"parts {min(len(seen.parts), 3)}"
    if seen.text.rstrip().endswith("?"):
        yield f"ends in ? {open_kind}"
    if "?" in seen.text and len(seen.parts) > 1:
        yield from ("? and more", f"? and more {open_kind}")
    if looks_typed_at_random(seen.text):
        yield from ("random", f"random {open_kind}")
    if is_markup(seen.text):
        yield "markup"
    if seen.wish.said:
        yield f"wish {open_kind}"
    for name in ("name", "email", "phone", "company"):
        if getattr(seen.contact, name):
            yield f"has {name} {open_kind}"


def _subjects(seen: Glance) -> Iterator[str]:
    order = []
    for clause in seen.clauses:
        about = _relative(clause.subject, seen.open_question)
        order.append(about)
        asks = seen.text[clause.start : clause.end + 2].rstrip().endswith("?")
        yield from (f"clause {about} {asks}", f"clause {about} {asks} {kind_of(seen.open_question)}")
    yield f"order {' '.join(order[:4])}"
    yield f"set {' '.join(sorted(set(order)))} {kind_of(seen.open_question)}"
    for dimension in DIMENSIONS:
        most = max((clause.chances[dimension] for clause in seen.clauses), default=0.0)
        yield f"s {'own' if dimension == seen.open_question else 'other'} {int(most * 10)}"
        if dimension != seen.open_question:
            for limit in _SURE:
                if most > limit:
                    yield from (f"s {dimension} >{limit}", f"s other >{limit}")
    yield f"none {int(max((clause.chances['none'] for clause in seen.clauses), default=0.0) * 10)}"
    named = spoken_of(seen.text)
    if named:
        yield f"named {'own' if seen.open_question in named else 'other'} {kind_of(seen.open_question)}"
        yield from (f"names {name}" for name in sorted(named) if name != seen.open_question)
    if seen.own is not None and seen.own_by_rule is not None:
        own, rule = seen.own.band, seen.own_by_rule.band
        yield from (f"own {own}", f"own rule {rule}", f"own {own} rule {rule}")
    for band in ("unclear", "declined"):
        if band in seen.chances:
            yield f"{band} {int(seen.chances[band] * 10)}"


def _relative(subject: str, open_question: str | None) -> str:
    return "own" if subject == open_question else "none" if subject == "none" else "other"


def _edges(seen: Glance, open_kind: str) -> Iterator[str]:
    """How each part begins and ends, and what stands in the first and in the last one."""
    shape = ""
    for i, part in enumerate(seen.parts):
        words = [word for word in part.words.split() if any(c.isalnum() for c in word)]
        place = "1" if i == 0 else "z" if i == len(seen.parts) - 1 else "m"
        mark = "?" if part.text.rstrip().endswith("?") else ""
        yield from (f"{place}{mark} {sign}" for sign in list(ones_and_twos(words))[:_MOST_EDGE])
        yield from (f"{place}{mark}", f"{place}{mark} {open_kind} {min(len(words), 5)}")
        yield from (f"in {' '.join(words[:n])}" for n in (1, 2, 3))
        yield f"out {' '.join(words[-2:])}"
        shape += "Q" if part.asks else mark or "s"
    yield from (f"shape {shape[:4]}", f"shape {shape[:4]} {open_kind}")

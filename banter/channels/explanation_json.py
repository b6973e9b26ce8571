"""What `/api/leads` says of a lead in words: the explanation as every other place lays it out, and its schema."""

from __future__ import annotations

from typing import Any

from banter.channels.shapes import list_of, object_or_null, whole_object
from banter.explaining.explanation import Explanation, FitSaid, Point


def explanation_json(made: Explanation) -> dict[str, Any]:
    """Figures, sentences, and the lines in the order in which they are shown. Empty: there is nothing to say."""
    return {
        "points": made.points,
        "scale": made.scale,
        "total": made.total,
        "most": made.most,
        "thresholds": {
            "warm": made.thresholds.warm,
            "qualified": made.thresholds.qualified,
            "deal": made.thresholds.name or None,
        },
        "rubric": made.rubric,
        "edition": made.edition,
        "lines": [_line(line) for line in made.lines],
        "fit": None if made.fit is None else _fit(made.fit),
        "standing": made.standing,
        "confidence": made.sure,
        "unknown": made.unknown,
        "flags": [{"flag": flag.name, "said": flag.said} for flag in made.flags],
        "route": made.where,
        "why": list(made.why),
        "moved": made.moved,
        "changed": made.changed,
        "changed_by": made.changed_by,
    }


def _line(line: Point) -> dict[str, Any]:
    return {
        "about": line.about,
        "plain": line.plain,
        "figure": line.figure,
        "points": line.points,
        "most": line.most,
        "rule": line.rule,
        "words": list(line.words),
        "read": line.read,
        "note": line.note,
    }


def _fit(fit: FitSaid) -> dict[str, Any]:
    return {
        "said": fit.said,
        "lines": [
            {
                "about": line.about,
                "plain": line.plain,
                "figure": line.figure,
                "points": line.points,
                "most": line.most,
                "words": list(line.words),
                "note": line.note,
            }
            for line in fit.lines
        ],
    }


def explanation_schema() -> dict[str, Any]:
    """A JSON schema of `explanation_json`; null where there is none."""
    whole, text, texts = {"type": "integer"}, {"type": "string"}, {"type": "array", "items": {"type": "string"}}
    maybe_whole, maybe_text = {"type": ["integer", "null"]}, {"type": ["string", "null"]}
    said = {"about": text, "plain": text, "figure": text, "most": maybe_whole, "words": texts, "note": text}
    line = {**said, "points": maybe_whole, "rule": maybe_text, "read": text}
    properties = {
        "points": text,
        "scale": text,
        "total": whole,
        "most": maybe_whole,
        "thresholds": whole_object({"warm": whole, "qualified": whole, "deal": maybe_text}),
        "rubric": maybe_text,
        "edition": text,
        "lines": list_of(line),
        "fit": object_or_null({"said": text, "lines": list_of({**said, "points": whole, "most": whole})}),
        "standing": text,
        "confidence": text,
        "unknown": text,
        "flags": list_of({"flag": text, "said": text}),
        "route": text,
        "why": texts,
        "moved": text,
        "changed": text,
        "changed_by": text,
    }
    return object_or_null(properties)

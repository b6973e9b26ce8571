"""What `/api/leads` says of a lead's worth beside score and route, and its schema."""

from __future__ import annotations

from typing import Any

from banter.channels.shapes import list_of, object_or_null
from banter.explaining.explanation import Explanation
from banter.leads.model import Lead
from banter.leads.requalifying import flags_of
from scoring.change import Change
from scoring.fit import Fit
from scoring.verdict import missing, stage


def verdict_json(lead: Lead, made: Explanation | None) -> dict[str, Any] | None:
    """None before there is a score. All follows from the score and the route that are kept with the lead; what would
    have changed it is told where what they were made with was kept."""
    score, route = lead.score, lead.route
    if score is None or route is None:
        return None
    change = made.change if made is not None else None
    return {
        "intent": score.intent,
        "fit": None if score.fit is None else _fit(score.fit),
        "confidence": score.confidence,
        "missing": list(missing(score)),
        "flags": list(flags_of(lead)),
        "segment": score.segment,
        "stage": stage(score, route),
        "counterfactual": None if change is None else _change(change),
    }


def _fit(fit: Fit) -> dict[str, Any]:
    return {
        "percent": fit.percent,
        "at_best": fit.at_best,
        "lines": [
            {
                "trait": line.about,
                "points": line.points,
                "most": line.most,
                "known": line.known,
                "evidence": list(line.words),
                "source": line.source or None,
                "at": line.at.isoformat() if line.at else None,
            }
            for line in fit.lines
        ],
    }


def _change(change: Change) -> dict[str, Any]:
    return {
        "route": change.route,
        "total": change.total,
        "answers": [
            {"dimension": one.dimension, "was": one.was, "points": one.points, "band": one.band, "gained": one.gained}
            for one in change.answers
        ],
        "traits": [
            {
                "trait": one.about,
                "was": [fact.plain for fact in one.was],
                "points": one.points,
                "fact": one.fact.plain,
                "gained": one.gained,
            }
            for one in change.traits
        ],
        "fit": change.fit,
    }


def verdict_schema() -> dict[str, Any]:
    """A JSON schema of `verdict_json`."""
    whole, text, texts = {"type": "integer"}, {"type": "string"}, {"type": "array", "items": {"type": "string"}}
    maybe_whole, maybe_text = {"type": ["integer", "null"]}, {"type": ["string", "null"]}
    line = {
        "trait": text,
        "points": whole,
        "most": whole,
        "known": {"type": "boolean"},
        "evidence": texts,
        "source": maybe_text,
        "at": maybe_text,
    }
    fit = {"percent": whole, "at_best": whole, "lines": list_of(line)}
    answer = {"dimension": text, "was": maybe_text, "points": whole, "band": text, "gained": whole}
    trait = {"trait": text, "was": texts, "points": whole, "fact": text, "gained": whole}
    properties = {
        "intent": whole,
        "fit": object_or_null(fit),
        "confidence": maybe_whole,
        "missing": texts,
        "flags": texts,
        "segment": {"enum": ["hot", "warm", "cold", None]},
        "stage": {"enum": ["MQL", "SQL", "PQL", None]},
        "counterfactual": object_or_null(
            {"route": text, "total": whole, "answers": list_of(answer), "traits": list_of(trait), "fit": maybe_whole}
        ),
    }
    return object_or_null(properties)

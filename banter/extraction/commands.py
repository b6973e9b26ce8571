"""The streaming commands: `banter signals`, `openers`, `acts` and `facts`. JSON Lines in, JSON Lines out."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict
from datetime import date
from typing import Any, TextIO

from banter.extraction.acts import read_acts
from banter.extraction.contact import find_contact
from banter.extraction.facts import FactFinder
from banter.extraction.openers import read_opener
from banter.extraction.signals import read_answer
from banter.leads.model import AWAITING
from scoring.model import DIMENSIONS, Money, Timing


class _Fault(ValueError):
    """What is wrong with a line, as a sentence for the person who wrote it."""


def signals(lines: Iterable[str], out: TextIO, err: TextIO) -> int:
    """`{"id", "dimension", "question", "text", "today"}` a line to its labels; 1 when a line was bad, else 0.

    What the playbook says elsewhere may stand in the line: `day_first` (31/10, not 10/31), `currency` of a bare figure,
    `fiscal_year_start` (a month, 1 to 12).
    """
    return _stream(lines, out, err, _signal)


def openers(lines: Iterable[str], out: TextIO, err: TextIO) -> int:
    """`{"id", "text"}` a line to `{"id", "intent"}`; 1 when a line was bad, else 0."""
    return _stream(lines, out, err, lambda row: {"id": row["id"], "intent": read_opener(_text(row, "text"))})


def acts(lines: Iterable[str], out: TextIO, err: TextIO) -> int:
    """`{"id", "open_question", "text"}` a line, with `today` if dates matter, to `{"id", "acts", "also_answers"}`."""
    return _stream(lines, out, err, _acts)


def facts(lines: Iterable[str], out: TextIO, err: TextIO, finder: FactFinder, region: str = "US") -> int:
    """`{"id", "text"}` a line to `{"id"}` and the soft facts of docs/facts.md; 1 when a line was bad, else 0."""

    def read(row: Mapping[str, Any]) -> dict[str, Any]:
        text = _text(row, "text")
        contact = find_contact(text, region=region)
        found = asdict(finder.find(text, contact))
        return {"id": row["id"], **found, "phone": contact.phone}

    return _stream(lines, out, err, read)


def _stream(lines: Iterable[str], out: TextIO, err: TextIO, read: Callable[[Mapping[str, Any]], Any]) -> int:
    status = 0
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            result = read(_row(line))
        except _Fault as fault:
            err.write(f"line {number}: {fault}\n")
            status = 1
        else:
            out.write(json.dumps(result, ensure_ascii=False) + "\n")
    return status


def _row(line: str) -> Mapping[str, Any]:
    try:
        row = json.loads(line.lstrip("\ufeff"))
    except (ValueError, RecursionError) as fault:
        raise _Fault(f"not JSON ({fault}); each line must be one JSON object") from fault
    if not isinstance(row, dict):
        raise _Fault('not a JSON object; write {"id": ..., ...}')
    if "id" not in row:
        raise _Fault("`id` is missing; give each line one")
    return row


def _text(row: Mapping[str, Any], name: str, default: str | None = None) -> str:
    value = row.get(name, default)
    if name not in row and default is None:
        raise _Fault(f"`{name}` is missing")
    if not isinstance(value, str):
        raise _Fault(f"`{name}` must be a string")
    return value


def _day(row: Mapping[str, Any]) -> date:
    text = _text(row, "today")
    try:
        return date.fromisoformat(text)
    except ValueError as fault:
        raise _Fault(f"`today` is {text!r}; write a date like 2026-03-31") from fault


def _flag(row: Mapping[str, Any], name: str) -> bool:
    value = row.get(name, False)
    if not isinstance(value, bool):
        raise _Fault(f"`{name}` must be true or false")
    return value


def _month(row: Mapping[str, Any], name: str) -> int:
    value = row.get(name, 1)
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= 12:
        raise _Fault(f"`{name}` must be a month, 1 to 12")
    return value


def _signal(row: Mapping[str, Any]) -> dict[str, Any]:
    dimension = _text(row, "dimension")
    if dimension not in DIMENSIONS:
        raise _Fault(f"`dimension` is {dimension!r}; use one of {', '.join(DIMENSIONS)}")
    answer = read_answer(
        dimension,
        _text(row, "text"),
        today=_day(row),
        question=_text(row, "question", ""),
        day_first=_flag(row, "day_first"),
        currency=_text(row, "currency", "") or None,
        fiscal_year_start=_month(row, "fiscal_year_start"),
    )
    money = answer.value if isinstance(answer.value, Money) and dimension == "budget" else Money(None, None)
    return {
        "id": row["id"],
        "band": answer.band,
        "specificity": answer.specificity,
        "commitment": answer.commitment,
        "evidence": [found.text for found in answer.evidence],
        "days_max": answer.value.days_max if isinstance(answer.value, Timing) else None,
        "amount_min": money.min,
        "amount_max": money.max,
        "currency": money.currency,
        "period": money.period,
    }


def _acts(row: Mapping[str, Any]) -> dict[str, Any]:
    question = row.get("open_question")
    if question is not None and question not in AWAITING:
        raise _Fault(f"`open_question` is {question!r}; use one of {', '.join(AWAITING)}, or null")
    if "open_question" not in row:
        raise _Fault("`open_question` is missing; use null when none is open")
    # A command stands at the edge: without a day given, the day is today's.
    today = _day(row) if "today" in row else date.today()
    found, also = read_acts(_text(row, "text"), question, today=today)
    return {"id": row["id"], "acts": list(found), "also_answers": also}

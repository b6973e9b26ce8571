"""`nurture.yml`: the mails for leads who are not ready yet, a sequence for each route that leads there."""

from __future__ import annotations

import string
from collections.abc import Callable
from collections.abc import Sequence as Many

from banter.configuration import values
from banter.configuration.section import Section
from banter.leads.playbook import Sequence, Step

FILE = "nurture.yml"
ROUTES = ("nurture_warm", "nurture_cold")
STEP_KEYS = ("key", "after", "subject", "body")
#: Says what is wrong with a step's texts, unknown placeholders above all: `banter.nurture.render.check_step`. It is
#: handed in, because the two parts do not know each other. Its messages begin with `subject of step 'hello': ` or
#: `body of step 'hello': `.
CheckStep = Callable[[Step], Many[str]]


def read_sequences(section: Section, check_step: CheckStep | None) -> dict[str, Sequence]:
    """Each route's sequence; those without a fault only."""
    section.only(*ROUTES, what="sequence")
    sequences: dict[str, Sequence] = {}
    for route in ROUTES:
        below = section.below(route, "{promise: ..., steps: [...]}")
        if below is None:
            continue
        below.only("promise", "steps")
        before = len(below.faults)
        promise = below.text("promise", "I'll send you a short guide this week.", most=500)
        if any(field for field in _fields(promise)):
            below.fault("is said as it stands; leave out { and }", "promise")
        steps = _steps(below, check_step)
        if len(below.faults) == before:
            sequences[route] = Sequence(route, promise, steps)
    return sequences


def _steps(section: Section, check_step: CheckStep | None) -> tuple[Step, ...]:
    items = section.items("steps", "[{key: first, after: 3d, subject: ..., body: ...}]")
    if not items and section.has("steps") and isinstance(section.names["steps"].value, tuple):
        section.fault("is empty; the promise needs at least one mail behind it", "steps")
    steps: list[Step] = []
    lines: dict[str, int] = {}
    for place, item in enumerate(items, start=1):
        below = section.as_section(item, "steps", str(place))
        if below is None:
            continue
        below.only(*STEP_KEYS)
        key = below.value("key", values.slug, "first")
        after = below.value("after", values.duration, "3d")
        subject = below.text("subject", "Closing the month in three days", most=150)
        body = below.text("body", "Hello {name}, ...", most=10_000)
        if "\n" in subject:
            below.fault("must be a single line", "subject")
        if key is not None and key in lines:
            below.fault(f"'{key}' is taken by the step in line {lines[key]}; give each its own", "key")
        if key is None or after is None:
            continue
        lines.setdefault(key, below.names["key"].line)
        if steps and after < steps[-1].after:
            below.fault(
                "comes before the step above it; both are counted from the start, so put them in order", "after"
            )
        step = Step(key, after, subject, body)
        steps.append(step)
        if check_step is not None and subject and body:
            for message in check_step(step):
                _note(below, message, step)
    return tuple(steps)


def _fields(text: str) -> Many[str]:
    try:
        return [field for _, field, _, _ in string.Formatter().parse(text) if field is not None]
    except ValueError:
        return ["{"]


def _note(step_section: Section, message: str, step: Step) -> None:
    """A message of `check_step`, at the line of the text that it is about; what is known already is not repeated."""
    for where in ("subject", "body"):
        opening = f"{where} of step '{step.key}': "
        if message.startswith(opening):
            known = ".".join((*step_section.path, where))
            if not any(
                fault.key == known and "must be a single line" in fault.message for fault in step_section.faults
            ):
                step_section.fault(message.removeprefix(opening), where)
            return
    step_section.fault(message)

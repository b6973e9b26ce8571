"""What a rubric counts beside the answers: caps that leave room, a fit that clicks cannot drown, ways into sales."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from scoring.fit import Profile
from scoring.known import NOTHING, Known
from scoring.lint.finding import Code, Example, Finding
from scoring.lint.leads import BEST, Leads, best_lead, everything_done, given, lead
from scoring.lint.people import ideal, somebody
from scoring.lint.totals import totals
from scoring.model import BANDS, COMMITMENTS, CRITERIA, SPECIFICITIES
from scoring.rubric import Rubric
from scoring.score import score


def beside(rubric: Rubric, profile: Profile, leads: Leads) -> Iterator[Finding]:
    """What is wrong with caps, fit, the hand-off rule and the border."""
    yield from _caps(rubric, profile)
    yield from _fit(rubric, profile)
    yield from _handoff(rubric, profile)
    yield from _border(rubric, profile, leads)


def _caps(rubric: Rubric, profile: Profile) -> Iterator[Finding]:
    """A cap is for what comes together. One below a single rule makes that rule say what it never gives."""
    parts = rubric.parts
    signs = ((d, sign, points) for d, given in parts.signals.items() for sign, points in given.items())
    names = CRITERIA[rubric.framework]
    single: dict[str, list[tuple[int, str, list[Example]]]] = {
        "signals": [
            (points, f"{names[d]} {sign}", [lead(rubric, profile, {d: BEST[d]}, NOTHING, *way) for way in _ways(sign)])
            for d, sign, points in signs
        ],
        "behaviour": [
            (worth.most, kind, [lead(rubric, profile, BEST, _did(rubric, kind))])
            for kind, worth in parts.behaviour.worth.items()
        ],
        "negatives": [
            (-rule.points, rule.name, [lead(rubric, profile, BEST, somebody(rule.when) or NOTHING)])
            for rule in parts.negatives
        ],
    }
    for group, cap in parts.caps.items():
        for points, name, leads in sorted(single[group], key=lambda one: -one[0]):
            bitten = (one for one in leads if points > cap and any(r == f"caps.{group}" for r in _rules(one, rubric)))
            shown = next(bitten, None)
            if shown is not None:
                message = (
                    f"is below what {name.replace('_', ' ')} gives by itself ({points}), which is never counted in "
                    f"full; set it to {points} or more, or give that less"
                )
                yield Finding("cap_below_parts", ("caps", group), message, "warning", (shown,))
                break


def _ways(sign: str) -> Iterator[tuple[str, str]]:
    """Every way to answer that has this sign, as specificity and commitment."""
    return (way for way in product(SPECIFICITIES, COMMITMENTS) if sign in way)


def _rules(one: Example, rubric: Rubric) -> tuple[str, ...]:
    return tuple(line.rule for line in score(given(one), rubric, one.known).lines)


def _fit(rubric: Rubric, profile: Profile) -> Iterator[Finding]:
    parts = rubric.parts
    if parts.fit_adds and not profile.traits:
        message = "adds nothing: there is no profile in icp.yml to fit; write one, or leave this out"
        yield Finding("never_fires", ("fit",), message, "fault", (lead(rubric, profile, BEST),))
        return
    clicking = lead(rubric, profile, {}, Known(events=everything_done(rubric)))
    clicks = clicking.total
    if parts.fit_adds and clicks >= parts.fit_adds:
        shown = (lead(rubric, profile, {}, ideal(profile)), clicking)
        message = (
            f"is no more than clicks can give ({clicks}): who fits in nothing and clicks a lot passes the ideal "
            f"customer; raise it above {clicks}, or set caps.behaviour below {parts.fit_adds}"
        )
        yield Finding("clicks_drown_fit", ("fit", "adds"), message, "warning", shown)


def _handoff(rubric: Rubric, profile: Profile) -> Iterator[Finding]:
    """Each half of the rule lets somebody through, and neither everybody."""
    rule = rubric.parts.handoff
    if rule is None:
        return
    intent = rubric.most - rubric.parts.fit_adds
    best = best_lead(rubric, profile)
    if rule.moderate_fit and not profile.traits:
        message = "can never be reached: there is no profile in icp.yml to fit; write one, or leave handoff out"
        yield Finding("out_of_reach", ("handoff",), message, "fault", (best,))
    both: tuple[tuple[str, int, Code], ...] = (
        ("moderate_intent", rule.moderate_intent, "out_of_reach"),
        ("strong_intent", rule.strong_intent, "never_fires"),
    )
    for name, needed, code in both:
        if needed > intent:
            message = f"can never be reached: the best lead has {intent} points of intent; set it to {intent} or less"
            yield Finding(code, ("handoff", name), message, "warning", (best,))
            break
    poorest = {d: min(BANDS[d], key=rubric.points[d].__getitem__) for d in rule.enough}
    nobody = lead(rubric, profile, poorest)
    if nobody.route == "book":
        message = "lets everybody through: the poorest lead of whom nothing is known goes to sales; raise it"
        yield Finding("cannot_be_missed", ("handoff", "strong_intent"), message, "warning", (nobody,))


def _border(rubric: Rubric, profile: Profile, leads: Leads) -> Iterator[Finding]:
    """Around the border there is room for those who are surely qualified, and for those who are surely warm."""
    border = rubric.parts.border
    if not border or rubric.parts.handoff is not None:
        return
    if rubric.qualified + border > rubric.most >= rubric.qualified:
        message = (
            f"is so wide that nobody is ever booked: {rubric.qualified + border} points would be needed, and the "
            f"best lead has {rubric.most}; set it to {rubric.most - rubric.qualified} or less"
        )
        yield Finding("border_too_wide", ("border",), message, "warning", (best_lead(rubric, profile),))
    elif not any(one.route == "nurture_warm" for one in leads) and not any(
        rubric.warm <= total < rubric.qualified - border for total in totals(rubric, profile)
    ):
        message = "is so wide that everybody warm goes to a person; narrow it"
        for one in [one for one in leads if rubric.warm <= one.total < rubric.qualified][-1:]:
            yield Finding("border_too_wide", ("border",), message, "warning", (one,))


def _did(rubric: Rubric, kind: str) -> Known:
    return Known(events=tuple(event for event in everything_done(rubric) if event.kind == kind))

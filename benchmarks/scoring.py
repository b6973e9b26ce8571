"""One lead scored and routed, as often as the adding up of four numbers looked up in dicts takes the same time.

`python -m benchmarks.scoring`. Four answers under the rubric that ships; and under one with every part, a profile and
twenty events.
"""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from pathlib import Path
from timeit import repeat

from ruamel.yaml import YAML

from scoring.fit import Profile
from scoring.known import NOTHING, Event, Fact, Known
from scoring.model import Answer
from scoring.profile import profile_from
from scoring.route import by_points
from scoring.rubric import rubric_from
from scoring.score import score
from scoring.verdict import judge

ROOT = Path(__file__).parent.parent
NOW = datetime(2026, 11, 22, 12, 0, tzinfo=timezone.utc)
BANDS = {"budget": "amount", "authority": "final", "need": "quantified", "timeline": "within_year"}
PARTS = {
    "signals": {"budget": {"precise": 2, "tentative": -3}, "need": {"precise": 2}},
    "behaviour": {"half_life": 14, "points": {"pricing_page": 8, "return": {"each": 2, "most": 6}}},
    "negatives": {"mail": {"when": {"mail": ["free"]}, "points": -5}},
    "caps": {"signals": 3, "behaviour": 10, "negatives": 20},
    "fit": {"adds": 20},
    "disqualifiers": {"reseller": {"when": {"title": ["reseller"]}, "reason": "Resellers buy through our partners."}},
    "deals": {"high": {"when": {"size": "500+"}, "qualified": 90, "warm": 50}},
    "handoff": {"strong_fit": 70, "moderate_fit": 40, "strong_intent": 80, "moderate_intent": 50},
    "border": 5,
}
PROFILE = {"industry": {"weight": 40, "fits": ["legal"]}, "size": {"weight": 60, "fits": "20-500"}}
TIMES, ROUNDS = 50, 400  # short rounds, so that some are left alone by whatever else the machine does


def main() -> None:
    data = YAML(typ="safe", pure=True).load(ROOT / "scoring" / "presets" / "bant.yml")
    plain, whole = rubric_from("bant", data), rubric_from("bant", {**data, **PARTS})
    answers = {d: Answer(d, band, "precise", "intending", "so") for d, band in BANDS.items()}  # type: ignore[arg-type]
    profile = profile_from(PROFILE)
    kinds = ("visit", "page", "pricing_page", "return")
    events = tuple(Event(kinds[n % 4], NOW - timedelta(days=n), "https://a.example/") for n in range(20))
    known = Known({"industry": (Fact(("legal",)),), "size": (Fact(least=42, most=42),)}, events, NOW)

    def add_up() -> int:
        return sum(data["points"][d][answers[d].band] for d in BANDS)  # type: ignore[index]

    def shipped() -> str:
        return by_points(score(answers, plain, NOTHING, Profile()), plain)

    def everything() -> str:
        return by_points(score(answers, whole, known, profile), whole)

    def explained() -> str:
        return judge(answers, whole, known, profile).route.name

    least = {name: min(repeat(work, number=TIMES, repeat=ROUNDS)) / TIMES * 1e6
             for name, work in (("adding up", add_up), ("as it ships", shipped), ("every part", everything),
                                ("every part, with reasons", explained))}  # fmt: skip
    for name, micros in least.items():
        print(f"{name:26} {micros:7.1f} µs  {micros / least['adding up']:6.1f} times the adding up")


if __name__ == "__main__":
    main()

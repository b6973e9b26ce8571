"""What is said at once by SMS is one message, and fits one segment: every text that comes together with others, at the
longest that it usually is, in each language."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import product
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from banter.booking.words import brief
from banter.configuration import load_playbook
from banter.configuration.document import read_document
from banter.configuration.occasions import SMS, Occasion, fitting, variations
from banter.configuration.section import Section
from banter.configuration.texts import PLACEHOLDER
from banter.configuration.wording import EXAMPLES
from banter.leads.gsm7 import ONE_MESSAGE
from banter.leads.saying import REACTIONS, WORDINGS, company_values
from banter.leads.texting import as_text, segments
from scoring.model import DIMENSIONS
from tests.booking.examples import NOW, slot, utc

ROOT = Path(__file__).parents[2]
COMPANY = load_playbook(ROOT / "playbook").company
VALUES = {**EXAMPLES, **company_values(COMPANY)}
FILES = {"en": "domain.yml", "de": "texts/de.yml"}
#: As many times as the playbook offers, on days and in months with long names, in a zone that has to be named.
DAYS = ((9, 23), (9, 24), (9, 25), (9, 28))
PLAIN = ("utter_acknowledged", "utter_corrected", "utter_declined")


@cache
def responses(language: str) -> Section:
    document, faults = read_document(ROOT / FILES[language], FILES[language])
    assert document is not None
    section = Section(FILES[language], document, (), faults).below("responses", "...")
    assert section is not None
    return section


def texts(language: str, name: str, wording: str = "") -> list[str]:
    """Each way to say it by SMS, filled."""
    slots = {"framework": "bant", "wording": wording}
    those = fitting(variations(responses(language).names[name]), Occasion(slots, SMS))
    assert those, f"{name} has no text"
    return [PLACEHOLDER.sub(lambda found: VALUES[found[1]], one.text) for one in those]


def times(language: str) -> list[tuple[str, str]]:
    company, zone = ZoneInfo("Europe/London"), ZoneInfo("America/New_York")
    slots = [slot(utc(2026, month, day, 16)) for month, day in DAYS]
    titles = [brief(one, now=NOW, timezone=zone, company=company, locale=language) for one in slots]
    return [(title, title) for title in titles]


def asked(wordings: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    for dimension in DIMENSIONS:
        yield from ((f"utter_ask_{dimension}", wording) for wording in wordings if wording in WORDINGS[dimension])


PROBES = tuple(sorted({w for all_of in WORDINGS.values() for w in all_of if w.startswith("probe")}))
#: What comes together, in order: responses, each with its wording.
TOGETHER: dict[str, list[list[tuple[str, str]]]] = {
    "the first answer of somebody new": [
        [("utter_greet", ""), (f"utter_react_need_{band}", ""), question]
        for band in ("quantified", "specific")
        for question in (
            ("utter_ask_budget", "first"),
            *(("utter_ask_need", w) for w in PROBES if w in WORDINGS["need"]),
        )
    ],
    "somebody new who says hello": [[("utter_greet", ""), question] for question in asked(("first",))],
    "an answer and the next question": [
        [(reaction, ""), question] for reaction in REACTIONS.values() for question in asked(("first", *PROBES))
    ],
    "a plain thanks and a question": [[(thanks, ""), question] for thanks in PLAIN for question in asked(("again",))],
    "other times": [
        [(said, ""), ("utter_ask_meeting_time", "again")]
        for said in ("utter_qualified", "utter_which_time", "utter_other_times", "utter_time_taken")
    ],
    "a call-back": [[("utter_person_callback", ""), ("utter_ask_meeting_time", "again")]],
    "a time that is held": [[("utter_time_held", ""), ("utter_ask_contact", "book")]],
    "mails instead": [[(f"utter_not_yet_{kind}", ""), ("utter_ask_contact", "nurture")] for kind in ("warm", "cold")],
    "only looking around": [[("utter_greet", ""), ("utter_research_first", ""), ("utter_research_offer", "")]],
    "somebody new who is no buyer": [
        [("utter_greet", ""), (said, "")]
        for said in (
            *(f"utter_disqualified_{kind}" for kind in ("student", "job_seeker", "vendor", "competitor")),
            *("utter_disqualified_territory", "utter_disqualified_too_small", "utter_support", "utter_stopped"),
        )
    ],
    "a call that is booked": [[("utter_booked", "")], [("utter_booked_by_phone", "")]],
    "are you a bot?": [[("utter_answer_bot", ""), question] for question in asked(("again",))],
}


@pytest.mark.parametrize("language", FILES)
@pytest.mark.parametrize("what", TOGETHER)
def test_what_is_said_at_once_fits_one_text_message(what: str, language: str) -> None:
    long = {}
    for parts in TOGETHER[what]:
        longest = [max(texts(language, *part), key=len) for part in parts]
        buttons = times(language) if parts[-1][0] == "utter_ask_meeting_time" else ()
        found = segments(as_text("\n".join(longest), buttons))
        if found.count > 1:
            long["\n".join(longest)] = found.units
    assert long == {}, f"{len(long)} of {len(TOGETHER[what])} take more than {ONE_MESSAGE}"


def test_each_way_to_say_it_is_in_the_plain_alphabet() -> None:
    for language, parts in product(FILES, (part for those in TOGETHER.values() for way in those for part in way)):
        assert all(segments(text).encoding == "GSM-7" for text in texts(language, *parts)), parts


def test_four_times_in_a_zone_that_has_to_be_named_are_as_long_as_the_docs_say() -> None:
    lengths = [segments(as_text("", times(language))).units for language in FILES]
    assert max(lengths) <= 105

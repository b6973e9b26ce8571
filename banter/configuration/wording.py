"""What good texts keep to beside being there: enough ways to say a thing, no sentence in two of them, short enough for
a text message, and no word asked for that a network takes for a command.

Nothing of this stops the bot; `banter check` and the tests name it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from banter.configuration.document import read_document
from banter.configuration.faults import Fault
from banter.configuration.occasions import SMS, Variation, fitting, occasions, variations
from banter.configuration.section import Section
from banter.configuration.texts import DOMAIN, PLACEHOLDER
from banter.configuration.translations import check_translation, translation_files
from banter.leads.consent import HELP_WORDS, START_WORDS, STOP_WORDS
from banter.leads.gsm7 import ONE_MESSAGE, foreign, septets
from banter.leads.playbook import Company, Playbook
from banter.leads.saying import RESPONSES, company_values
from banter.leads.variety import key, sentences

#: Said often, so that few ways of saying them soon sound like a machine.
SMALL_TALK = (
    "utter_acknowledged",
    "utter_bye",
    "utter_corrected",
    "utter_declined",
    "utter_not_understood",
    "utter_smalltalk",
)
_SMALL_TALK, _ASKED_AGAIN, _ANYTHING_ELSE = 6, 3, 2
#: Beside the company's values: what a placeholder is filled with, at the length that it usually has.
EXAMPLES: Mapping[str, str] = {
    "about": "your finance director",
    "address": "pat.miller@example.com",
    "before": "we have no budget this year",
    "hint": "That address has no @ in it.",
    "link": "https://chat.example.com/booking/0123456789abcdefghijkl",
    "measure": "30 hours a week",
    "minutes": "30",
    "reason": "the person who decides isn't on board yet",
    "summary": "month-end close takes six days, 15k approved",
    "time": "tomorrow, Tuesday 24 November, 15:30 (GMT)",
    **dict.fromkeys(("answer", "promise", "said"), "The text of another place, which has a length of its own."),
}
#: What networks and this product act upon before the bot reads it.
RESERVED = (*STOP_WORDS, *START_WORDS, *HELP_WORDS)
#: Where one has to be named, because that is what the text is about: how to stop, and how to come back.
_NAMED: Mapping[str, tuple[str, ...]] = {
    "utter_stopped": ("START",),
    "utter_sms_stopped": ("START",),
    "utter_sms_back": ("STOP",),
    "utter_sms_help": ("STOP",),
}
_WORDS = "|".join(RESERVED)
_ASKED_FOR = re.compile(
    rf"""["'“„»]\s*(?:{_WORDS})\s*["'”“«]"""  # write "help"
    rf"|\b(?i:reply|answer|write|text|type|send|press|antworten|schreiben|senden|tippen)\W+(?i:with\W+|mit\W+)?(?i:a\W+)?(?i:{_WORDS})\b"
    rf"|\b(?:{_WORDS.upper()})\b"
    rf"|\b(?i:an?)\s+(?i:{_WORDS})\b[^.?!]*\b(?i:is enough|will do|suffices)"
)


_ASKS = "asks for a word that phone networks act upon ({}); ask for another"
_SAID_OF_THE_COMPANY = ("name", "product", "price", "how_it_works", "competitors", "privacy")


def lint_texts(root: Path, company: Company) -> list[Fault]:
    """Every such fault of domain.yml and of the files in texts/, by file and line."""
    values = {**EXAMPLES, **company_values(company)}
    domain, faults = read_document(root / DOMAIN, DOMAIN)
    section = Section(DOMAIN, domain, (), faults).below("responses", "...") if domain is not None else None
    if section is None:
        return []  # check_texts says so
    faults = _of(section, values)
    for file in translation_files(root):
        translated, wrong = check_translation(root, file, section)
        faults += [*wrong, *(_of(translated, values) if translated is not None else ())]
    return sorted(set(faults))


def lint_playbook(playbook: Playbook) -> list[Fault]:
    """The same of the owner's own texts that are said as they are, by file and key."""
    company = playbook.company
    said = {
        **{("company.yml", name): getattr(company, name) for name in _SAID_OF_THE_COMPANY},
        **{("answers.yml", known.key): known.answer for known in playbook.knowledge.visitors},
        **{("answers.yml", known.key): known.answer for known in playbook.knowledge.customers},
        **{("nurture.yml", f"{name}.promise"): sequence.promise for name, sequence in playbook.sequences.items()},
    }
    found = {place: asks_for_reserved(text) for place, text in said.items()}
    return sorted(
        Fault(f"playbook/{file}", 0, key, _ASKS.format(words)) for (file, key), words in found.items() if words
    )


def _of(responses: Section, values: Mapping[str, str]) -> list[Fault]:
    lint = Section(responses.file, responses.entry, responses.path)
    for name in RESPONSES:
        if name in lint.names:
            those = variations(lint.names[name])
            _enough(lint, name, those)
            _sentences(lint, name, those)
            _short(lint, name, those, values)
            for one in those:
                if found := asks_for_reserved(one.text, _NAMED.get(name, ())):
                    lint.fault(_ASKS.format(found), name, line=one.line)
    return lint.faults


def asks_for_reserved(text: str, named: Sequence[str] = ()) -> str | None:
    """The words in which `text` asks for a reserved word, None where it does not. Those `named` may stand in it."""
    for word in named:
        text = re.sub(rf"\b{word}\b", "", text)
    found = _ASKED_FOR.search(text)
    return found.group() if found else None


def _enough(lint: Section, name: str, those: Sequence[Variation]) -> None:
    """Enough ways for each occasion; a text that is the owner's alone is as it is."""
    for occasion in occasions(name):
        there = fitting(those, occasion)
        if not there or any(PLACEHOLDER.fullmatch(one.text) for one in there):
            continue
        needed = ways(name, occasion.slots.get("wording", ""))
        if len(there) < needed:
            text = f"has {len(there)} of {needed} texts ({occasion}); the bot would soon repeat itself"
            lint.fault(text, name, line=there[0].line)


def ways(name: str, wording: str = "") -> int:
    """How many ways there have to be to say a response."""
    if name in SMALL_TALK:
        return _SMALL_TALK
    again = wording in ("again", "doubt") or wording.startswith("probe")
    return _ASKED_AGAIN if again else _ANYTHING_ELSE


def _sentences(lint: Section, name: str, those: Sequence[Variation]) -> None:
    """Two ways of saying a thing share no sentence: the bot would have to say it twice running."""
    for occasion in occasions(name):
        first: dict[str, Variation] = {}
        for one in fitting(those, occasion):
            for sentence in sentences(one.text):
                if PLACEHOLDER.fullmatch(sentence.rstrip(".")):
                    continue
                other = first.setdefault(key(sentence), one)
                if other is not one:
                    lint.fault(f'says "{sentence}" as line {other.line} does; say it differently', name, line=one.line)


def _short(lint: Section, name: str, those: Sequence[Variation], values: Mapping[str, str]) -> None:
    """What may be said by SMS fits into one message, or says why not."""
    said = {
        one.line: one for occasion in occasions(name) if occasion.channel == SMS for one in fitting(those, occasion)
    }
    for one in said.values():
        if strange := foreign(PLACEHOLDER.sub("", one.text)):
            lint.fault(f"holds {strange}: by SMS only 70 characters fit then; write it plainly", name, line=one.line)
        filled = PLACEHOLDER.sub(lambda found: values.get(found.group(1), ""), one.text)
        if septets(filled) > ONE_MESSAGE and not one.sms:
            mend = 'shorten it, add a text with channel: sms, or say why: metadata: {sms: "..."}'
            lint.fault(f"takes {septets(filled)} characters by SMS, {ONE_MESSAGE} fit; {mend}", name, line=one.line)

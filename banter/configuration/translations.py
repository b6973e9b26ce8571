"""The bot's texts in other languages (`texts/<language>.yml`), held against those of domain.yml."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from banter.configuration.document import read_document
from banter.configuration.faults import Fault
from banter.configuration.occasions import Occasion, Variation, fitting, occasions, variations
from banter.configuration.section import Section
from banter.configuration.texts import PLACEHOLDER, TEXTS, check_responses
from banter.leads.saying import RESPONSES

_LANGUAGE = re.compile(r"[a-z]{2,3}")


def translation_files(root: Path) -> list[Path]:
    return sorted((root / TEXTS).glob("*.yml"))


def check_translation(root: Path, file: Path, own: Section) -> tuple[Section | None, list[Fault]]:
    """The responses of a translation, and what is wrong with them: a text or a {placeholder} that is missing beside
    those of domain.yml (`own`), or that nothing says or fills."""
    shown = file.relative_to(root).as_posix()
    document, faults = read_document(file, shown)
    if not _LANGUAGE.fullmatch(file.stem) or file.stem == "en":
        faults.append(Fault(shown, 0, "", "is not named for a language; call it de.yml, es.yml or the like"))
    if document is None:
        return None, faults
    top = Section(shown, document, (), faults)
    top.only("responses")
    responses = top.below("responses", 'utter_bye: [{text: "..."}]')
    if responses is None:
        return None, faults
    check_responses(responses)
    for name in RESPONSES:
        if name in responses.names and name in own.names:
            _held_against(responses, name, variations(responses.names[name]), variations(own.names[name]))
    return responses, faults


def _held_against(responses: Section, name: str, those: Sequence[Variation], own: Sequence[Variation]) -> None:
    """Each occasion that has texts in English has some here, with the placeholders that all of those hold."""
    for occasion in occasions(name):
        english = fitting(own, occasion)
        theirs = fitting(those, occasion)
        if english and not theirs:
            responses.fault(f"has no text for {_plain(occasion)}", name)
            continue
        needed = set.intersection(*(set(PLACEHOLDER.findall(one.text)) for one in english)) if english else set()
        for one in theirs:
            for missing in sorted(needed - set(PLACEHOLDER.findall(one.text))):
                responses.fault(f"leaves out {{{missing}}}, which the English text names", name, line=one.line)


def _plain(occasion: Occasion) -> str:
    return ", ".join(f"{name} {value}" for name, value in occasion.slots.items()) or "any occasion"

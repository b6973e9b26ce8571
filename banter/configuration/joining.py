"""The texts of texts/joining: what is asked of somebody who may have written in two places, in the company's language
where there are texts in it and in English otherwise."""

from __future__ import annotations

from pathlib import Path

from banter.configuration.document import read_document
from banter.configuration.faults import Fault, PlaybookError
from banter.configuration.section import Section
from banter.configuration.texts import PLACEHOLDER, TEXTS
from banter.configuration.wording import asks_for_reserved
from banter.leads.gsm7 import ONE_MESSAGE, foreign, septets
from banter.leads.joining_words import HOLES, NEEDED, JoiningWords
from banter.leads.playbook import Company

FOLDER = "joining"
_MONTHS = 12
_LINK = len("https://chat.example.com/same/12.abcdefghijklmnopqrstuv")


def joining_words(root: Path, company: Company) -> JoiningWords:
    """Raises PlaybookError, with what is wrong with the file."""
    language = company.locale.replace("_", "-").partition("-")[0].lower()
    file = root / TEXTS / FOLDER / f"{language}.yml"
    words, faults = read_joining(root, file if file.exists() else file.with_name("en.yml"))
    if words is None:
        raise PlaybookError(tuple(faults))
    return words


def lint_joining(root: Path, company: Company) -> list[Fault]:
    """Every fault of every language's file; the text message fits into one with a link of a usual length."""
    found = []
    for file in sorted((root / TEXTS / FOLDER).glob("*.yml")):
        words, faults = read_joining(root, file)
        found += faults
        text = words.say("text", company=company.name, link="x" * _LINK) if words is not None else ""
        shown = file.relative_to(root).as_posix()
        if strange := foreign(PLACEHOLDER.sub("", text)):
            found.append(Fault(shown, 0, "text", f"holds {strange}: by SMS only 70 characters fit then"))
        if septets(text) > ONE_MESSAGE:
            found.append(Fault(shown, 0, "text", f"takes {septets(text)} characters by SMS, {ONE_MESSAGE} fit"))
    return found


def read_joining(root: Path, file: Path) -> tuple[JoiningWords | None, list[Fault]]:
    """The texts of a file, None with any fault."""
    document, faults = read_document(file, file.relative_to(root).as_posix())
    if document is None:
        return None, faults
    section = Section(file.relative_to(root).as_posix(), document, (), faults)
    section.only("months", *HOLES)
    plain = document.plain()
    months = plain.get("months")
    if not isinstance(months, list) or len(months) != _MONTHS or not all(isinstance(m, str) and m for m in months):
        section.fault("must list the names of the twelve months", "months")
    texts: dict[str, str] = {}
    for name in HOLES:
        text = plain.get(name)
        if not isinstance(text, str) or not text.strip():
            section.fault("must be a text", name)
            continue
        texts[name] = text
        _check(section, name, text)
    return (None, faults) if faults else (JoiningWords(texts, tuple(months)), faults)


def _check(section: Section, name: str, text: str) -> None:
    named = PLACEHOLDER.findall(text)
    for hole in named:
        if hole not in HOLES[name]:
            section.fault(f"nothing fills {{{hole}}}", name)
    for hole in NEEDED.get(name, ()):
        if hole not in named:
            section.fault(f"leaves out {{{hole}}}", name)
    if set("{}") & set(PLACEHOLDER.sub("", text)):
        section.fault("has a { or } that belongs to no placeholder", name)
    word = asks_for_reserved(text)
    if word:
        section.fault(f"asks for a word that phone networks act upon: {word}", name)

"""How to reach a visitor: name, company, e-mail address, phone number, as they write them."""

from __future__ import annotations

import re

import phonenumbers
from email_validator import EmailNotValidError, validate_email

from banter.extraction.company import find_company
from banter.extraction.mail import mended, words
from banter.leads.reading import Contact

_ADDRESS = re.compile(r"[^\s<>()\[\],;:\"'|/\\@]{1,64}@[^\s<>()\[\];:\"'|/\\@]{1,255}")
_REVISED = re.compile(r"\b(?:no|not|sorry|actually|rather|instead|correction|wait|better|use)\b", re.I)
_SPELT = re.compile(
    r"(?<![\w@])([\w.+-]{1,64})\s*(?:\(at\)|\[at\]|\sat\s)\s*"
    r"([\w-]{1,63}(?:\s*(?:\(dot\)|\[dot\]|\sdot\s|\.)\s*[\w-]{2,63}){1,3})(?!\w)",
    re.I,
)
_DOT = re.compile(r"\s*(?:\(dot\)|\[dot\]|\sdot\s|\.)\s*", re.I)
_DIGITS = re.compile(r"\+?\d(?:[\d\s().\-/]{5,24})\d")
_WORD = r"[^\W\d_a-z][^\W\d_]*(?:['’.\-][^\W\d_]+)*"  # begins with a capital
_NAMED = re.compile(
    r"\b(?:[Mm]y name(?:['’]?s| is)|[Nn]ame(?:['’]s| is|:)|[Tt]his is|[Ii]['’]?m|I am|[Ii]t['’]s|[Cc]all me)"
    rf"\s+({_WORD}(?:\s{_WORD}){{0,2}})"
    r"(?=\s*(?:$|[,.!;:–-]|\b(?:from|at|with|and|here|of|by|speaking)\b))"
)
_MY_NAME = re.compile(r"\bmy name(?:['’]?s| is)\s+([^\W\d_]{2,20})(?:\s+([^\W\d_]{2,20}))?\s*(?:$|[,.!;])", re.I)
_HERE = re.compile(rf"^\W*(?:(?:[Hh]i|[Hh]ello|[Hh]ey)\W+)?({_WORD}(?:\s{_WORD})?) (?:here|speaking)\b")
_ALONE = re.compile(rf"^\s*({_WORD}(?:\s{_WORD}){{0,2}})\s*(?:[,;:.\-–(<]|$)")
_LETTERS = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_FIRST = 3  # words in which a yes is said
_SHORT = 12  # words: a longer reply says something else


def find_contact(text: str, *, asked: bool = False, region: str = "US") -> Contact:
    """What `text` says of the visitor. `asked`: they were asked for it, so "Pat Doe, pat@example.com" has a name too.

    `region` (ISO 3166) is where a number without a country code is taken to be. Names are found only where plainly
    given: a missing name is asked for, a wrong one offends.
    """
    email, meant, hint = _email(text)
    company = find_company(text)
    return Contact(_name(text, asked), email, _phone(text, asked, region), company[0] if company else None, hint, meant)


def agrees(text: str, *, of_a_mistake: bool = False) -> bool | None:
    """What a short reply to a yes-or-no question says: True, False, or None when it is neither, as thanks and farewells
    are. `of_a_mistake`: the question was "Did you mean ...?", to which "oops, thanks" is a yes."""
    plain = f" {' '.join(_LETTERS.findall(text.lower()))} "
    if len(plain.split()) > _SHORT or "@" in text or text.rstrip().endswith("?"):
        return None
    if any(f" {phrase} " in plain for phrase in words("rather_not")):
        return None  # a refusal answers neither way
    willing = False
    for phrase in words("no_that_is_yes"):  # "why not"
        willing = willing or f" {phrase} " in plain
        plain = plain.replace(f" {phrase} ", " ")
    no = any(f" {word} " in plain for word in words("no"))
    begins = f" {' '.join(plain.split()[:_FIRST])} "  # "get me a human, please" agrees to nothing
    yes = willing or any(f" {word} " in begins for word in (*words("yes"), *(words("owns_up") if of_a_mistake else ())))
    leaves = [word for word in words("farewells") if f" {word} " in plain]
    if yes and not no and leaves and not (of_a_mistake and leaves == ["cheers"]):
        return None
    return False if no else True if yes else None


def masked(text: str, region: str = "US") -> str:
    """`text` with addresses and phone numbers blanked out, as long as before: their digits are no money and no date.

    `region` (ISO 3166) is where a number without a country code is taken to be."""
    text = _ADDRESS.sub(lambda match: " " * len(match.group()), text)
    return _DIGITS.sub(
        lambda match: " " * len(match.group()) if _number(match.group(), region, True) else match.group(), text
    )


def _email(text: str) -> tuple[str | None, str | None, str | None]:
    """The address, the one that was probably meant where it looks mistyped, and a sentence that asks about it."""
    found = list(_ADDRESS.finditer(text))
    if found:
        match = found[-1] if any(_REVISED.search(text, m.end()) for m in found[:-1]) else found[0]
        written = match.group().strip(".,!?*_")
        valid = _valid(written.split(",")[0] if _valid(written.split(",")[0]) else written)
        if valid is None:
            meant = _valid(written.replace(",", ".").replace("..", "."))
            meant = mended(meant) or meant
            return None, meant, _did_you_mean(meant, written)
        meant = mended(valid)
        return valid, meant, _did_you_mean(meant, written) if meant else None
    if (match := _SPELT.search(text)) and "." in _DOT.sub(".", match.group(2)):
        meant = _valid(f"{match.group(1)}@{_DOT.sub('.', match.group(2))}")
        if meant and (re.search(r"\bdot\b|\(|\[", match.group(), re.I)):
            return None, meant, _did_you_mean(meant, match.group())
    if "@" in text and (match := re.search(r"\S{1,64}@\S{0,255}", text)) and len(match.group()) > 3:
        return None, None, _did_you_mean(None, match.group())
    return None, None, None


def _valid(address: str) -> str | None:
    try:
        # example.com and the like are kept for documentation: harmless, and every demonstration uses them.
        found = validate_email(address, check_deliverability=False, test_environment=True)
    except (EmailNotValidError, UnicodeError):
        return None
    return found.normalized if "." in found.domain else None


def _did_you_mean(meant: str | None, written: str) -> str:
    if meant:
        return f"Did you mean {meant}?"
    return f"{written[:80]} does not look like a whole e-mail address, like name@company.com."


def _number(text: str, region: str, asked: bool) -> str | None:
    try:
        number = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        return None
    fits = phonenumbers.is_valid_number(number) or (
        asked and phonenumbers.is_possible_number(number) and text.lstrip()[:1] in ("+", "0")
    )
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164) if fits else None


def _phone(text: str, asked: bool, region: str) -> str | None:
    plain = _ADDRESS.sub(" ", text)
    return next((found for match in _DIGITS.finditer(plain) if (found := _number(match.group(), region, asked))), None)


def _is_name(written: str) -> bool:
    plain = written.lower().split()
    return not written.isupper() and not any(word.strip(".") in words("not_names") for word in plain)


def _name(text: str, asked: bool) -> str | None:
    if (match := _NAMED.search(text)) and _is_name(match.group(1)):
        return match.group(1)
    if (match := _MY_NAME.search(text)) and _is_name(match.group(1)):
        return " ".join(word.capitalize() if word.islower() else word for word in match.groups() if word)
    if (match := _HERE.search(text)) and match.group(1)[0].isupper() and _is_name(match.group(1)):
        return match.group(1)
    if asked and (match := _ALONE.match(text)) and _is_name(match.group(1)):
        rest = text[match.end() :]
        if "@" in rest or _DIGITS.search(rest) or (" " in match.group(1) and len(rest.strip()) < 3):
            return match.group(1)
    return None

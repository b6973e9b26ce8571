"""How to reach a visitor: name, company, e-mail address, phone number, as they write them."""

from __future__ import annotations

import re
from functools import cache

import phonenumbers
from email_validator import EmailNotValidError, validate_email

from banter.extraction.text import pattern_rows
from banter.leads.reading import Contact

_ADDRESS = re.compile(r"[^\s<>()\[\],;:\"'|/\\@]{1,64}@[^\s<>()\[\];:\"'|/\\@]{1,255}")
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
_COMPANY = re.compile(
    r"\b(from|at|for|with|of|company(?: is|:)?|representing)"
    rf"\s+((?:{_WORD}|[A-Z0-9][\w&.-]*)(?:\s(?:&\s)?{_WORD}){{0,3}})"
)
_WORKS = re.compile(r"\b(?:i|we) (?:work|am|run|own|lead)\b|['’]m\b|\b(?:this is|name is|name['’]?s|here)\b", re.I)


def find_contact(text: str, *, asked: bool = False, region: str = "US") -> Contact:
    """What `text` says of the visitor. `asked`: they were asked for it, so "Pat Doe, pat@example.com" has a name too.

    `region` (ISO 3166) is where a number without a country code is taken to be. Names are found only where plainly
    given: a missing name is asked for, a wrong one offends.
    """
    email, hint = _email(text)
    return Contact(_name(text, asked), email, _phone(text, asked, region), _company(text), hint)


def masked(text: str) -> str:
    """`text` with addresses and phone numbers blanked out, as long as before: their digits are no money and no date."""
    text = _ADDRESS.sub(lambda match: " " * len(match.group()), text)
    return _DIGITS.sub(
        lambda match: " " * len(match.group()) if _number(match.group(), "US", True) else match.group(), text
    )


@cache
def _list(name: str) -> tuple[str, ...]:
    return next(tuple(row["words"]) for row in pattern_rows("contact.jsonl") if row["list"] == name)


def _email(text: str) -> tuple[str | None, str | None]:
    if match := _ADDRESS.search(text):
        written = match.group().strip(".,!?*_")
        valid = _valid(written.split(",")[0] if _valid(written.split(",")[0]) else written)
        if valid is None:
            meant = _valid(written.replace(",", ".").replace("..", "."))
            return None, _did_you_mean(_mended(meant) or meant, written)
        better = _mended(valid)
        return valid, f"Did you mean {better}?" if better else None
    if (match := _SPELT.search(text)) and "." in _DOT.sub(".", match.group(2)):
        meant = _valid(f"{match.group(1)}@{_DOT.sub('.', match.group(2))}")
        if meant and (re.search(r"\bdot\b|\(|\[", match.group(), re.I)):
            return None, _did_you_mean(meant, match.group())
    if "@" in text and (match := re.search(r"\S{1,64}@\S{0,255}", text)) and len(match.group()) > 3:
        return None, _did_you_mean(None, match.group())
    return None, None


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


def _mended(address: str | None) -> str | None:
    """The address with a well-known provider's name or ending put right, or None when nothing looks mistyped."""
    if address is None:
        return None
    local, _, domain = address.rpartition("@")
    domain = domain.lower()
    if domain in _list("providers") or domain in _list("real_lookalikes"):
        return None
    for provider in _list("providers"):
        if len(provider) > 7 and _one_slip(domain, provider):
            return f"{local}@{provider}"
    for ending in _list("endings"):
        if domain.endswith(ending):
            return f"{local}@{domain[: -len(ending)]}{ {'.nte': '.net', '.ogr': '.org'}.get(ending, '.com') }"
    return None


def _one_slip(written: str, meant: str) -> bool:
    """True when one letter is missing, doubled, wrong or swapped with its neighbour."""
    if written == meant or abs(len(written) - len(meant)) > 1:
        return False
    start = next(
        (i for i, (a, b) in enumerate(zip(written, meant, strict=False)) if a != b), min(len(written), len(meant))
    )
    a, b = written[start:], meant[start:]
    return a[1:] == b[1:] or a[1:] == b or a == b[1:] or (a[:2] == b[1::-1] and a[2:] == b[2:])


def _number(text: str, region: str, asked: bool) -> str | None:
    try:
        number = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        return None
    fits = phonenumbers.is_valid_number(number) or (
        asked and phonenumbers.is_possible_number(number) and text.lstrip()[:1] == "+"
    )
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164) if fits else None


def _phone(text: str, asked: bool, region: str) -> str | None:
    plain = _ADDRESS.sub(" ", text)
    return next((found for match in _DIGITS.finditer(plain) if (found := _number(match.group(), region, asked))), None)


def _is_name(words: str) -> bool:
    plain = words.lower().split()
    return not words.isupper() and not any(word.strip(".") in _list("not_names") for word in plain)


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


def _company(text: str) -> str | None:
    for match in _COMPANY.finditer(text):
        words = match.group(2).rstrip(".").split()
        legal = any(word.rstrip(".") in _list("legal_forms") for word in words[1:])
        plain = all(word.lower() not in _list("not_names") for word in words)
        near = text[max(0, match.start() - 40) : match.start()]
        if (
            legal
            or (plain and match.group(1) in ("from", "at", "for", "with") and _says_who(near, match.group(1)))
            or (plain and match.group(1).startswith(("company", "representing")))
        ):
            return " ".join(words)
    return None


def _says_who(before: str, word: str) -> bool:
    """True for "I'm Pat from", "Pat here, from", "I work at": not for "leads from Facebook", "call me at"."""
    if word in ("for", "at", "with") and not re.search(
        rf"\b(?:i|we) (?:work|run|lead) |\b(?:name is|this is|['’]m|i am) {_WORD}(?: {_WORD})? ?$", before, re.I
    ):
        return False
    return bool(_WORKS.search(before)) and re.search(r"[.!?]\s*$", before) is None

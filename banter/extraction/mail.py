"""What an e-mail address tells: business, free or disposable, and what was probably meant where it looks mistyped."""

from __future__ import annotations

from functools import cache

from disposable_email_domains import blocklist

from banter.extraction.text import pattern_rows
from banter.leads.facts import Mail

_ENDINGS = {".nte": ".net", ".ent": ".net", ".ogr": ".org", ".rog": ".org", ".co.ukk": ".co.uk", ".co.u": ".co.uk"}
#: Shorter names have too many neighbours that are real: mail.com is no slip of gmail.com.
_SHORTEST = 8


@cache
def words(name: str) -> tuple[str, ...]:
    """The list `name` of `patterns/contact.jsonl`."""
    return next(tuple(row["words"]) for row in pattern_rows("contact.jsonl") if row["list"] == name)


@cache
def _set(name: str) -> frozenset[str]:
    return frozenset(words(name))


def mail_of(address: str) -> Mail:
    """`address` is one that can be; a subdomain counts as its domain."""
    domain = address.rpartition("@")[2].lower()
    return Mail(domain, kind_of(domain), mended(address))


def kind_of(domain: str) -> str:
    """business, free or disposable: by lists that ship, never by asking the network."""
    meant = mended(f"x@{domain}")
    if meant is not None:  # a slip of gmail.com is on the lists of disposable addresses, but nobody chose it
        domain = meant[2:]
    labels = domain.lower().split(".")
    ends = [".".join(labels[i:]) for i in range(len(labels) - 1)]
    if any(end in blocklist or end in _set("disposable") for end in ends):
        return "disposable"
    free = domain in _set("providers") or domain in _set("real_lookalikes") or domain in _set("free")
    if not free and labels[0] in _set("free_names") and len(labels) <= 3:
        free = True  # yahoo and hotmail have an ending for each country
    return "free" if free else "business"


def mended(address: str | None) -> str | None:
    """The address with a well-known provider's name or ending put right; None when nothing looks mistyped."""
    if address is None:
        return None
    local, _, domain = address.rpartition("@")
    domain = domain.lower()
    if domain in _set("providers") or domain in _set("real_lookalikes") or domain in _set("free"):
        return None
    for provider in words("providers"):
        if len(provider) >= _SHORTEST and one_slip(domain, provider):
            return f"{local}@{provider}"
        if domain in (provider.replace(".", ""), provider.replace(".com", ".co"), provider.replace(".com", ".cm")):
            return f"{local}@{provider}"
    for ending in words("endings"):
        if domain.endswith(ending):
            return f"{local}@{domain[: -len(ending)]}{_ENDINGS.get(ending, '.com')}"
    return None


def one_slip(written: str, meant: str) -> bool:
    """True when one letter is missing, doubled, wrong or swapped with its neighbour."""
    if written == meant or abs(len(written) - len(meant)) > 1:
        return False
    start = next(
        (i for i, (a, b) in enumerate(zip(written, meant, strict=False)) if a != b), min(len(written), len(meant))
    )
    a, b = written[start:], meant[start:]
    return a[1:] == b[1:] or a[1:] == b or a == b[1:] or (a[:2] == b[1::-1] and a[2:] == b[2:])

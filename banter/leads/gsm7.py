"""How long a text is as a text message: in the plain alphabet of GSM 03.38, of which 160 fit into one message."""

from __future__ import annotations

#: What fits into one message; 70 when a single character is not of the alphabet.
ONE_MESSAGE = 160
_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
#: These take two places each.
_EXTENDED = frozenset("\f^{}\\[~]|€")


def septets(text: str) -> int:
    """The places that a text takes; characters outside of the alphabet count as one."""
    return sum(2 if char in _EXTENDED else 1 for char in text)


def foreign(text: str) -> str:
    """The characters outside of the alphabet, each once, in order."""
    return "".join(dict.fromkeys(char for char in text if char not in _BASIC and char not in _EXTENDED))

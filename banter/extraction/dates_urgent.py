"""Words that give no day: "asap", "someday", "no rush"."""

from __future__ import annotations

from banter.extraction.dates_words import Source, Time

_NEEDS = frozenset(
    {"need", "needed", "want", "start", "starting", "begin", "buy", "go", "live", "ready", "get", "do", "asap"}
)
_NEEDS |= {
    "must",
    "have",
    "wanted",
    "ideally",
    "preferably",
    "like",
    "yesterday",
    "implement",
    "switch",
    "launch",
    "us",
}
TALKS_ON = frozenset({"we", "i", "our", "they", "it", "everything", "people", "most", "my", "he", "she", "is", "it's"})
TALKS_ON |= {"we're", "i'm", "all", "the", "there", "you", "that", "using", "that's", "were", "was", "had"}
_NOW = frozenset({"now", "right", "like"})
_PLAIN_NUMBER_BEFORE = frozenset(
    {"takes", "take", "in", "within", "for", "every", "only", "than", "about", "least", "spend"}
)


def undated_phrase(source: Source, i: int) -> Time | None:
    """ "asap" and "someday": words that give no day, where they are not part of some other sentence."""
    undated = source.match("undated", i)
    urgent = source.match("urgent", i)
    if source.word(i) == "soon" and source.word(i - 1) == "as":
        undated = None  # "as soon as the contract is signed"
    if undated is not None and (urgent is None or undated[1] >= urgent[1]):
        if source.word(i) == "one" and source.word(i - 1) in _PLAIN_NUMBER_BEFORE:
            return None
        return Time(None, undated[1], "undated")
    if urgent is not None and _is_urgent(source, i, urgent[1]):
        return Time(None, urgent[1], "urgent")
    if source.word(i) == "yesterday" and all(source.has("filler", k) for k in range(len(source.words)) if k != i):
        return Time(None, i + 1, "urgent")
    return None


def _is_urgent(source: Source, i: int, end: int) -> bool:
    """ "need it now" is urgent; "right now we use spreadsheets" and "not urgent" are not."""
    near = {source.word(k) for k in range(max(0, i - 6), i)}
    if source.word(i) == "urgent" or source.word(i) == "urgently":
        return not {"not", "isn't", "nothing", "less"} & near
    if not {source.word(k) for k in range(i, end)} <= _NOW:
        return True
    if source.word(end) in TALKS_ON or source.word(i - 1) in {
        "by",
        "until",
        "and",
        "just",
        "for",
        "till",
        "are",
        "we",
    }:
        return False
    if source.word(i - 1) == "from" or {"not", "don't", "using", "use", "currently", "as", "can't"} & near:
        return False
    return bool(_NEEDS & near) or len(source.words) <= 3

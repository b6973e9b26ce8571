"""Names that rules and the profile ask for: each is one that some lead can have."""

from __future__ import annotations

from collections.abc import Iterator

from scoring.fit import Profile
from scoring.known import Fact, Known
from scoring.lint.finding import Finding
from scoring.lint.leads import BEST, lead
from scoring.lint.vocabulary import Names, Vocabulary
from scoring.rubric import Rubric
from scoring.wanted import Wanted


def names(rubric: Rubric, profile: Profile, vocabulary: Vocabulary) -> Iterator[Finding]:
    """The names that no fact ever has, each shown by a lead of the right name, whom the rule does not mean."""
    for key, wanted in _asked(rubric, profile):
        about = key[1] if key[0] == "icp" else key[-1]
        for name in wanted.names:
            mended = vocabulary.get(about, Names()).mend(name)
            if mended is not None:
                mend, right = mended
                shown = lead(rubric, profile, BEST, Known({about: (Fact((right,), words=(right,)),)}))
                message = f"'{name}' is no name that a lead can have: {mend}"
                yield Finding("unknown_name", key, message, "warning", (shown,))


def _asked(rubric: Rubric, profile: Profile) -> Iterator[tuple[tuple[str, ...], Wanted]]:
    """All that is looked for, with the path of the entry."""
    parts = rubric.parts
    rules = [(("negatives", rule.name), rule.when) for rule in parts.negatives]
    rules += [(("disqualifiers", rule.name), rule.when) for rule in parts.disqualifiers]
    rules += [(("deals", deal.thresholds.name), deal.when) for deal in parts.deals]
    for key, when in rules:
        for side, those in (("when", when.all_of), ("unless", when.none_of)):
            yield from (((*key, side, about), wanted) for about, wanted in those.items())
    for trait in profile.traits:
        yield ("icp", trait.about, "fits"), trait.fits
        if trait.disqualifies is not None:
            yield ("icp", trait.about, "disqualifies"), trait.disqualifies

"""A playbook of its own for each test: the one that ships, with changes."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
SHIPPED = ROOT / "playbook"
NURTURE = """\
nurture_warm:
  promise: I'll send you a short guide this week.
  steps:
    - key: guide
      after: 1d
      subject: Closing the month in three days
      body: Hello {name}, here is the guide.
    - key: follow-up
      after: 14d
      subject: Two weeks on
      body: |
        Hello {name},
        how is it going with {problem}?
nurture_cold:
  promise: I'll write now and then, and you can stop that at any time.
  steps:
    - {key: first, after: 30d, subject: A thought, body: "Hello: a thought."}
"""


@dataclass(frozen=True)
class Folder:
    """A copy of the shipped playbook that a test may spoil."""

    path: Path

    def change(self, file: str, old: str, new: str) -> None:
        """Replace the first `old` in `file`; it must be there."""
        text = (self.path / file).read_text(encoding="utf-8")
        assert old in text, f"{old!r} is not in {file}"
        (self.path / file).write_text(text.replace(old, new, 1), encoding="utf-8")

    def line(self, file: str, part: str) -> int:
        """The number of the first line of `file` that holds `part`."""
        lines = (self.path / file).read_text(encoding="utf-8").splitlines()
        return next(number for number, line in enumerate(lines, start=1) if part in line)


def copied(where: Path) -> Folder:
    folder = Folder(where / "playbook")
    shutil.copytree(SHIPPED, folder.path)
    (folder.path / "nurture.yml").write_text(NURTURE, encoding="utf-8")
    return folder

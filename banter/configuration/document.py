"""One YAML file -> a tree in which every value knows its line.

The tree is built from the parser's nodes, not from loaded objects: so no tag can build anything, a key given twice is
seen, and the text as written is kept, which is what times and dates are read from (YAML 1.1 took 9:30 for 570).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from banter.configuration.faults import Fault

#: A playbook file is a few pages; anything larger is a mistake, and cheap to refuse.
MOST_BYTES = 1_000_000
_TAG = "tag:yaml.org,2002:"


@dataclass(frozen=True)
class Entry:
    """A value with the line of its key (of itself in a list). `value`: None, bool, int, float, str, a tuple of entries
    or a mapping of entries by name. `raw` is a scalar as written."""

    value: Any
    raw: str
    line: int

    def plain(self) -> Any:
        """The value without lines: dicts, lists and scalars."""
        if isinstance(self.value, Mapping):
            return {name: entry.plain() for name, entry in self.value.items()}
        if isinstance(self.value, tuple):
            return [entry.plain() for entry in self.value]
        return self.value


def read_document(path: Path, shown: str) -> tuple[Entry | None, list[Fault]]:
    """The file as a mapping, or None when it is not there, not YAML or not a mapping; and what is wrong with it."""
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
        if len(content) > MOST_BYTES:
            return None, [Fault(shown, 0, "", f"is larger than {MOST_BYTES:,} bytes; is it the right file?")]
        text = content.decode("utf-8-sig")
    except FileNotFoundError:
        return None, [Fault(shown, 0, "", "the file is missing; copy it from the playbook that ships with Banter")]
    except UnicodeDecodeError as wrong:
        line = content[: wrong.start].count(b"\n") + 1
        return None, [Fault(shown, line, "", "is not UTF-8 text; save the file as UTF-8")]
    except OSError as wrong:
        return None, [Fault(shown, 0, "", f"cannot be read: {wrong.strerror}")]
    yaml = YAML(typ="safe", pure=True)  # the round-trip reader marks folded lines with bells
    yaml.allow_duplicate_keys = True  # ours are reported with both lines
    try:
        root = yaml.compose(text)
    except MarkedYAMLError as wrong:
        mark = wrong.problem_mark or wrong.context_mark
        return None, [Fault(shown, mark.line + 1 if mark else 0, "", f"is not YAML: {_explained(wrong, text)}")]
    except (YAMLError, ValueError) as wrong:
        # ruamel's reader refuses control characters without a mark, by the position in the text.
        at = getattr(wrong, "position", None)
        line = text[:at].count("\n") + 1 if isinstance(at, int) else 0
        return None, [Fault(shown, line, "", "is not YAML: it holds a character that may not stand in a text file")]
    except RecursionError:
        return None, [Fault(shown, 0, "", "is nested too deeply; a playbook needs four levels at most")]
    faults: list[Fault] = []
    if not isinstance(root, MappingNode):
        return None, [Fault(shown, 1, "", "must hold `name: value` lines; this file is empty or something else")]
    return _entry(root, 1, (), shown, faults, set()), faults


def _explained(wrong: MarkedYAMLError, text: str) -> str:
    problem = str(wrong.problem or wrong.context or "cannot be read")
    lines = text.splitlines()
    mark = wrong.problem_mark
    line = lines[mark.line] if mark and mark.line < len(lines) else ""
    if "\\t" in problem or line.startswith("\t"):
        return "a tab indents this line; use spaces"
    if "mapping values are not allowed" in problem:
        return "a colon in the middle of a text, or a wrong indent; put the text in quotes"
    if "cannot start any token" in problem:
        return f"{problem}; put the text in quotes"
    if "expected a single document" in (wrong.context or ""):
        return "a line of --- begins a second document; keep one in each file"
    return problem


def _entry(node: Node, line: int, path: tuple[str, ...], shown: str, faults: list[Fault], seen: set[int]) -> Entry:
    key = ".".join(path)
    if id(node) in seen:
        # An alias could repeat itself for ever, or grow a short file beyond all memory.
        faults.append(Fault(shown, line, key, "refers to another place with *; write the values out instead"))
        return Entry(None, "", line)
    seen.add(id(node))
    if isinstance(node, MappingNode):
        _plain_tag(node, "map", line, key, shown, faults)
        entries: dict[str, Entry] = {}
        for name_node, value_node in node.value:
            at = name_node.start_mark.line + 1
            if not isinstance(name_node, ScalarNode):
                faults.append(Fault(shown, at, key, "a name must be plain text"))
                continue
            name = name_node.value
            entry = _entry(value_node, at, (*path, name), shown, faults, seen)
            if name in entries:
                first = entries[name].line
                faults.append(Fault(shown, at, ".".join((*path, name)), f"is given twice, first in line {first}"))
                continue
            entries[name] = entry
        return Entry(entries, "", line)
    if isinstance(node, SequenceNode):
        _plain_tag(node, "seq", line, key, shown, faults)
        items = tuple(
            _entry(item, item.start_mark.line + 1, (*path, str(place)), shown, faults, seen)
            for place, item in enumerate(node.value, start=1)
        )
        return Entry(items, "", line)
    assert isinstance(node, ScalarNode)
    return Entry(_scalar(node, line, key, shown, faults), node.value, line)


def _plain_tag(node: Node, kind: str, line: int, key: str, shown: str, faults: list[Fault]) -> None:
    if node.tag != _TAG + kind:
        faults.append(Fault(shown, line, key, f"has the tag {node.tag}; leave the tag out"))


def _scalar(node: ScalarNode, line: int, key: str, shown: str, faults: list[Fault]) -> Any:
    kind = node.tag.removeprefix(_TAG)
    text = node.value
    if kind in ("str", "timestamp"):
        return text
    if kind == "null":
        return None
    if kind == "bool":
        return text.lower() == "true"
    if kind in ("int", "float"):
        try:
            return _integer(text) if kind == "int" else float(text.replace("_", "").replace(".inf", "inf"))
        except ValueError:
            return text
    faults.append(Fault(shown, line, key, f"has the tag {node.tag}; leave the tag out"))
    return None


def _integer(text: str) -> int:
    digits = text.replace("_", "")
    if len(digits) > 18:
        raise ValueError(digits)  # a thousand digits are no number of points
    return int(digits, 0 if digits.lstrip("+-")[:2].lower() in ("0x", "0o", "0b") else 10)

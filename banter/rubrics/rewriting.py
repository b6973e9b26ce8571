"""Numbers written into `rubric.yml` and `icp.yml`, with the owner's comments and order as they are."""

from __future__ import annotations

import io
import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import YAMLError
from ruamel.yaml.nodes import CollectionNode, MappingNode, Node

from banter.configuration.checks import shown
from banter.configuration.document import read_document
from banter.configuration.faults import Fault, PlaybookError
from banter.configuration.icp_file import read_icp_file
from banter.configuration.rubric_file import Written, read_rubric_file
from banter.leads.playbook import Market
from scoring.model import Framework

_IDEAL = "ideal"


@dataclass(frozen=True)
class Draft:
    """A file that is about to be another one: where, and what it will hold. Without faults when it was made."""

    path: Path
    content: bytes


def write_section(path: Path, name: Framework, document: Mapping[str, Any]) -> Written:
    """The section `name` of the file says `document` from now on; all else stays. Returns how it reads now."""
    replace_all(with_section(path, name, document))
    return read_rubric_file(path, only=name)[name]


def with_section(path: Path, name: Framework, document: Mapping[str, Any]) -> Draft:
    """The file with that section: parts that go, or hold other things, become comments, and parts that come stand below
    the others. Raises PlaybookError where it would have faults there; faults of the other section are no matter of this
    one."""
    text, ends = _read(path)
    before = _plain(text)
    standing = before.get(name) if isinstance(before.get(name), dict) else {}
    text = _commented_out(text, name, [key for key in standing if not _alike(standing[key], document.get(key))])
    there = _keys(text, name)
    whole = _loaded(path, text)
    if isinstance(whole.get(name), dict) and there:
        _update(whole[name], {key: value for key, value in document.items() if key in there})
        text = _with_parts(_dumped(whole), name, {key: document[key] for key in document if key not in there})
    else:
        whole[name] = dict(document)
        text = _dumped(whole)
    if _plain(text) != {**before, name: dict(document)}:
        raise _by_hand(path, name)
    draft = _draft(path, text, ends)
    _checked(draft, lambda new: read_rubric_file(new, only=name))
    return draft


def with_profile(path: Path, wanted: Mapping[str, Any], standing: Mapping[str, Any], market: Market | None) -> Draft:
    """The file with that profile below `ideal`; traits that are the same in `standing` stay as the owner wrote them,
    and what stood there of others becomes comments. Raises PlaybookError where `market` no longer has a name of it."""
    text, ends = _read(path) if path.exists() else (f"{_IDEAL}:\n", b"\n")
    before = _plain(text)
    others = [about for about in _keys(text, _IDEAL) if about not in wanted or wanted[about] != standing.get(about)]
    text = _commented_out(text, _IDEAL, others)
    there = _keys(text, _IDEAL)
    new = {about: _in_one_line(trait) for about, trait in wanted.items() if about not in there}
    if there:
        text = _with_parts(text, _IDEAL, new)
    else:  # nothing stands there, or all of it in one line
        whole = _loaded(path, text)
        whole[_IDEAL] = CommentedMap(new) or None
        text = _dumped(whole)
    after = _plain(text)
    if {**after, _IDEAL: None} != {**before, _IDEAL: None} or set(after.get(_IDEAL) or {}) != set(wanted):
        raise _by_hand(path, _IDEAL)
    draft = _draft(path, text, ends)
    _checked(draft, lambda new: read_icp_file(new, market))
    return draft


def replace_all(*drafts: Draft) -> None:
    """Each file in one step, and none before all are on the disk."""
    try:
        for draft in drafts:
            _new(draft).write_bytes(draft.content)
            if draft.path.exists():
                shutil.copymode(draft.path, _new(draft))
        for draft in drafts:
            os.replace(_new(draft), draft.path)
    finally:
        for draft in drafts:
            _new(draft).unlink(missing_ok=True)


def _checked(draft: Draft, read: Any) -> None:
    new = _new(draft)
    new.write_bytes(draft.content)
    try:
        read(new)
    finally:
        new.unlink(missing_ok=True)


def _new(draft: Draft) -> Path:
    return draft.path.with_name(f".{draft.path.name}.new")


def _draft(path: Path, text: str, ends: bytes) -> Draft:
    return Draft(path.resolve(), text.encode("utf-8").replace(b"\n", ends))


def _read(path: Path) -> tuple[str, bytes]:
    """The text with plain line ends, and the line ends that it had."""
    _, faults = read_document(path, shown(path))
    written = path.read_bytes()
    try:
        text = written.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise PlaybookError(tuple(faults)) from None
    ends = b"\r\n" if b"\r\n" in written else b"\n" if b"\n" in written else b"\r" if b"\r" in written else b"\n"
    return text.replace("\r\n", "\n").replace("\r", "\n"), ends


def _plain(text: str) -> dict[str, Any]:
    """What a program reads there; empty where it is nothing that can be read."""
    try:
        whole = YAML(typ="safe", pure=True).load(text)
    except (YAMLError, ValueError):
        return {}
    return whole if isinstance(whole, dict) else {}


def _by_hand(path: Path, name: str) -> PlaybookError:
    return PlaybookError(
        (Fault(shown(path), 0, name, "is written so that it cannot be replaced by itself; write it by hand"),)
    )


def _loaded(path: Path, text: str) -> Any:
    try:
        whole = _yaml().load(text)
    except (YAMLError, ValueError):
        whole = None
    if isinstance(whole, dict):
        return whole
    _, faults = read_document(path, shown(path))
    if faults:
        raise PlaybookError(tuple(faults))
    raise PlaybookError((Fault(shown(path), 0, "", "holds no sections"),))


def _yaml() -> YAML:
    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = 100_000
    return yaml


def _dumped(whole: Any) -> str:
    out = io.StringIO()
    _yaml().dump(whole, out)
    return out.getvalue()


def _alike(old: Any, new: Any) -> bool:
    """Whether both have the same names in them, so that values alone have to be replaced."""
    if isinstance(old, Mapping) or isinstance(new, Mapping):
        both = isinstance(old, Mapping) and isinstance(new, Mapping)
        return both and set(old) == set(new) and all(_alike(old[key], new[key]) for key in old)
    return new is not None and (not isinstance(old, list) or old == new)


def _update(section: Any, wanted: Mapping[str, Any]) -> None:
    for key, value in wanted.items():
        if isinstance(value, Mapping) and isinstance(section.get(key), dict):
            _update(section[key], value)
        elif key not in section or section[key] != value:
            section[key] = value


def _section(text: str, name: str) -> MappingNode | None:
    """What stands below `name`, with the places of it in the text; None where that is no block of names."""
    try:
        root = YAML(typ="safe", pure=True).compose(text)
    except (YAMLError, ValueError):
        return None
    below = next((value for key, value in root.value if key.value == name), None) if root is not None else None
    return below if isinstance(below, MappingNode) and not below.flow_style else None


def _keys(text: str, name: str) -> list[str]:
    section = _section(text, name)
    return [key.value for key, _ in section.value] if section else []


def _commented_out(text: str, name: str, keys: list[str]) -> str:
    """The lines of these keys below `name` as comments; what stands in one line with others stays, to be taken out."""
    lines = text.split("\n")
    section = _section(text, name)
    for key, value in section.value if section else ():
        if key.value in keys:
            for number in range(key.start_mark.line, _last_line(value) + 1):
                if lines[number].strip() and not lines[number].lstrip().startswith("#"):
                    indent = len(lines[number]) - len(lines[number].lstrip())
                    at = min(key.start_mark.column, indent)
                    lines[number] = f"{lines[number][:at]}# {lines[number][at:]}"
    return "\n".join(lines)


def _with_parts(text: str, name: str, parts: Mapping[str, Any]) -> str:
    """These keys right below what stands in the section, above the comments that follow it: those may be the next
    section's."""
    section = _section(text, name)
    if section is None or not parts:
        return text
    lines = text.split("\n")
    key, value = section.value[-1]
    indent = " " * key.start_mark.column
    new = [indent + line if line else line for line in _dumped(dict(parts)).rstrip("\n").split("\n")]
    at = _last_line(value) + 1
    return "\n".join([*lines[:at], *new, *lines[at:]])


def _last_line(value: Node) -> int:
    """The last line of a value. The end that YAML gives a block is where the next thing begins, so its last part's
    counts."""
    if isinstance(value, CollectionNode) and not value.flow_style and value.value:
        last = value.value[-1]
        return _last_line(last[1] if isinstance(value, MappingNode) else last)
    return int(value.end_mark.line) - (1 if value.end_mark.column == 0 else 0)


def _in_one_line(trait: Mapping[str, Any]) -> CommentedMap:
    made = CommentedMap()
    for key, value in trait.items():
        made[key] = CommentedSeq(value) if isinstance(value, list) else value
        if isinstance(value, list):
            made[key].fa.set_flow_style()
    made.fa.set_flow_style()
    return made

"""Numbers written into `rubric.yml`, with the owner's comments and order as they are."""

from __future__ import annotations

import io
import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from banter.configuration.rubric_file import Written, read_rubric_file
from scoring.model import Framework


def write_section(path: Path, name: Framework, document: Mapping[str, Any]) -> Written:
    """The section `name` of the file says `document` from now on; all else stays. Returns how it reads now.

    The file is replaced in one step, and only by one without faults: PlaybookError otherwise, and nothing is changed.
    """
    path = path.resolve()
    written = path.read_bytes()
    ends = b"\r\n" if b"\r\n" in written else b"\n"
    text = _with_section(written.decode("utf-8-sig").replace("\r\n", "\n"), name, document)
    if text is None:
        read_rubric_file(path)  # names the fault
        raise ValueError(f"{path} holds no section {name}")
    new = path.with_name(f".{path.name}.new")
    new.write_bytes(text.encode("utf-8").replace(b"\n", ends))
    try:
        read_rubric_file(new)
        shutil.copymode(path, new)
        os.replace(new, path)
    finally:
        new.unlink(missing_ok=True)
    return read_rubric_file(path)[name]


def _with_section(text: str, name: Framework, document: Mapping[str, Any]) -> str | None:
    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = 100_000
    try:
        whole = yaml.load(text)
    except (YAMLError, ValueError):
        return None
    if not isinstance(whole, dict):
        return None
    if isinstance(whole.get(name), dict):
        _update(whole[name], document)
    else:
        whole[name] = dict(document)
    out = io.StringIO()
    yaml.dump(whole, out)
    return out.getvalue()


def _update(section: Any, wanted: Mapping[str, Any]) -> None:
    for key in [key for key in section if key not in wanted]:
        del section[key]
    for key, value in wanted.items():
        if isinstance(value, Mapping) and isinstance(section.get(key), dict):
            _update(section[key], value)
        elif key not in section or section[key] != value:
            section[key] = value

"""A CSV file, row by row: however Excel wrote it, and however long it is."""

from __future__ import annotations

import codecs
import csv
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from itertools import chain
from pathlib import Path
from typing import IO

from ruamel.yaml import YAML

SEPARATORS = (",", ";", "\t")
_CHUNK = 1 << 20


class NotATable(Exception):
    """The file cannot be imported at all; the message says why, and the mend."""


@dataclass(frozen=True)
class Row:
    """The cells that mean something, by what they mean (`columns.yml`). `line` is where the row begins; `fault` is
    said of one that cannot be read."""

    line: int
    cells: Mapping[str, str]
    fault: str = ""


@dataclass
class Table:
    """`used` are the headers by what they mean, `left` those that mean nothing to us."""

    used: Mapping[str, str]
    left: tuple[str, ...]
    rows: Iterator[Row] = field(repr=False)


@contextmanager
def opened(path: Path) -> Iterator[Table]:
    """The table of a file, read as it is gone through. Raises NotATable."""
    try:
        encoding = _encoding(path)
        with path.open(encoding=encoding, newline="", errors="replace") as file:
            yield _table(file, path)
    except OSError as error:
        raise NotATable(f"{path} cannot be read: {error.strerror}.") from error


def _table(file: IO[str], path: Path) -> Table:
    first, above = file.readline(), 1
    named = re.fullmatch(r"sep=(.)\s*", first.lstrip("\ufeff"))  # Excel's own word for it
    while first and (named or not first.strip()):
        first, above = file.readline(), above + 1
        if first.strip():
            break
    separator = named[1] if named else max(SEPARATORS, key=first.count)
    reader = csv.reader(chain([first], file), delimiter=separator, strict=True)  # a header may go over several lines
    try:
        headers = [" ".join(cell.split()) for cell in next(reader, [])]
    except csv.Error as error:
        raise NotATable(
            f"{path}: its first line is no row of headers ({error}); is a quotation mark left open?"
        ) from None
    above += reader.line_num - 1
    meanings = [_meaning(header) for header in headers]
    used: dict[str, str] = {}
    left = []
    for header, meaning in zip(headers, meanings, strict=True):
        if meaning is None or meaning in used:
            left.append(header)
        else:
            used[meaning] = header
    if not {"email", "phone", "domain"} & used.keys():
        raise NotATable(
            f"{path} has no column for an e-mail address, a phone number or a domain in its first line, so it "
            f"names nobody; name one e.g. `Email`. Its columns are {', '.join(filter(None, headers)) or 'none'}."
        )
    places = {meaning: headers.index(header) for meaning, header in used.items()}
    return Table(used, tuple(filter(None, left)), _rows(file, separator, above, len(headers), places))


def _rows(file: IO[str], separator: str, above: int, width: int, places: Mapping[str, int]) -> Iterator[Row]:
    reader = csv.reader(file, delimiter=separator)
    while True:
        line = above + reader.line_num + 1
        try:
            cells = next(reader, None)
        except csv.Error as error:
            yield Row(line, {}, f"is no row of a table ({error}); is a quotation mark left open, or the file cut off?")
            continue
        if cells is None:
            return
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) > width and any(cell.strip() for cell in cells[width:]):
            yield Row(
                line, {}, f"has {len(cells)} cells under {width} headers; put cells with a {separator!r} in quotes"
            )
            continue
        filled = {meaning: cells[at].strip() for meaning, at in places.items() if at < len(cells)}
        yield Row(line, {meaning: cell for meaning, cell in filled.items() if cell})


def _encoding(path: Path) -> str:
    """UTF-8 with or without a mark, UTF-16 with one; else what Excel writes in Western Europe and America."""
    with path.open("rb") as file:
        begin = file.read(2)
        if begin in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
            return "utf-16"
        file.seek(0)
        decoder = codecs.getincrementaldecoder("utf-8-sig")()
        try:
            while chunk := file.read(_CHUNK):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return "cp1252"
    return "utf-8-sig"


def _meaning(header: str) -> str | None:
    return _meanings().get(_plain(header))


@cache
def _meanings() -> dict[str, str]:
    lists = YAML(typ="safe", pure=True).load(Path(__file__).with_name("columns.yml").read_text("utf-8"))
    return {_plain(header): meaning for meaning, headers in lists.items() for header in headers}


def _plain(header: str) -> str:
    return " ".join(re.sub(r"[^a-z0-9]+", " ", header.lower()).split())

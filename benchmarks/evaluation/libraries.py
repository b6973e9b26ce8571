"""Other libraries, each in a process of its own, in an environment of its own: the product's is never touched."""

from __future__ import annotations

import hashlib
import json
import selectors
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from benchmarks.evaluation.readings import ROOT

LOCK = ROOT / "requirements-eval.lock"
ENVIRONMENT = ROOT / ".venv-eval"
SCRIPTS = ROOT / "benchmarks" / "libraries"
#: What each library is called here, its script, and what it reads.
LIBRARIES: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "Duckling": ("read_duckling", ("time", "money")),
    "Microsoft": ("read_microsoft", ("time", "money")),
    "dateparser": ("read_dateparser", ("time",)),
    "parsedatetime": ("read_parsedatetime", ("time",)),
    "timefhuman": ("read_timefhuman", ("time",)),
    "price-parser": ("read_price_parser", ("money",)),
    "quantulum3": ("read_quantulum", ("money",)),
}
_PATIENCE = 10.0  # seconds a text; a library that takes longer has found nothing in it
_START = 60.0


class LibraryError(RuntimeError):
    """Why a library, or all of them, cannot be asked."""


@dataclass(frozen=True)
class Reply:
    """What a library found (`benchmarks/libraries/lines.py` says how), and how long it took inside its own process."""

    found: list[dict[str, Any]]
    ms: float


class Library:
    """One library behind a pipe. Started at the first question, and again after it had to be ended."""

    def __init__(
        self, name: str, command: Sequence[str], wants: tuple[str, ...] = ("time", "money"), patience: float = _PATIENCE
    ) -> None:
        self.name, self.wants, self.given_up = name, wants, 0
        self._command, self._patience = [*command], patience
        self._process: subprocess.Popen[str] | None = None
        self._complaints: IO[str] | None = None

    def ask(self, text: str, now: str, want: str, *, asked: bool = True) -> Reply:
        """What it finds in `text` said at `now` (ISO, no zone). Nothing where it takes too long or dies of the text.

        Raises LibraryError where it cannot be started at all.
        """
        if self._process is None:
            self._start()
        reply = self._line({"text": text, "now": now, "want": want, "asked": asked}, self._patience)
        if reply is None:
            self.given_up += 1
            self.close()
            return Reply([], 1000 * self._patience)
        return Reply(reply["found"], reply["ms"])

    def close(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None
        if self._complaints is not None:
            self._complaints.close()
            self._complaints = None

    def _start(self) -> None:
        self._complaints = tempfile.TemporaryFile("w+")  # noqa: SIM115 - closed in close()
        pipe = subprocess.PIPE
        self._process = subprocess.Popen(self._command, stdin=pipe, stdout=pipe, stderr=self._complaints, text=True)
        first = {"text": "10k by May", "now": "2026-01-01T12:00:00", "want": self.wants[0], "asked": True}
        if self._line(first, _START) is None:
            self._complaints.seek(0)
            last = self._complaints.read().strip().splitlines()[-1:] or ["it said nothing in time"]
            self.close()
            raise LibraryError(f"{self.name} does not start: {last[0]}")

    def _line(self, question: dict[str, Any], patience: float) -> dict[str, Any] | None:
        process = self._process
        if process is None or process.stdin is None or process.stdout is None:
            return None
        try:
            process.stdin.write(json.dumps(question) + "\n")
            process.stdin.flush()
        except BrokenPipeError:
            return None
        with selectors.DefaultSelector() as selector:
            selector.register(process.stdout, selectors.EVENT_READ)
            line = process.stdout.readline() if selector.select(patience) else ""
        reply: dict[str, Any] | None = json.loads(line) if line else None
        return reply


@contextmanager
def libraries(folder: Path = ENVIRONMENT, lock: Path = LOCK) -> Iterator[tuple[list[Library], list[str]]]:
    """The libraries that start, and a sentence for each that does not. All are ended on the way out."""
    ready: list[Library] = []
    missing: list[str] = []
    try:
        python = environment(folder, lock)
        for name, (script, wants) in LIBRARIES.items():
            library = Library(name, [str(python), "-W", "ignore", str(SCRIPTS / f"{script}.py")], wants)
            try:
                library.ask("10k by May", "2026-01-01T12:00:00", library.wants[0])
                ready.append(library)
            except LibraryError as error:
                missing.append(f"Its column is missing: {error}")
    except LibraryError as error:
        missing.append(f"The columns of all other libraries are missing: {error}")
    try:
        yield ready, missing
    finally:
        for library in ready:
            library.close()


def environment(folder: Path, lock: Path) -> Path:
    """The interpreter of an environment made to the letter of `lock`; made anew when that has changed.

    Raises LibraryError with the reason where it cannot be made.
    """
    python, stamp = folder / "bin" / "python", folder / "lock.sha256"
    wanted = hashlib.sha256(lock.read_bytes()).hexdigest()
    if python.exists() and stamp.exists() and stamp.read_text() == wanted:
        return python
    sys.stderr.write(f"Making {folder.name} with the libraries to compare with (some 150 MB, once)\n")
    # The interpreter below the product's environment: this environment must outlive that one.
    base = Path(sys.base_prefix) / "bin" / f"python{sys.version_info.major}.{sys.version_info.minor}"
    uv = Path(sys.executable).parent / "uv"
    _run([str(base if base.exists() else sys.executable), "-m", "venv", "--clear", "--without-pip", str(folder)])
    _run(
        [str(uv), "pip", "install", "--python", str(python), "--quiet", "--require-hashes", "--requirement", str(lock)]
    )
    stamp.write_text(wanted)
    return python


def _run(command: list[str]) -> None:
    try:
        done = subprocess.run(command, capture_output=True, text=True)
    except OSError as error:
        raise LibraryError(f"{command[0]} does not run: {error}") from error
    if done.returncode:
        last = (done.stderr or done.stdout).strip().splitlines()[-1:] or ["no reason given"]
        raise LibraryError(f"{Path(command[0]).name} {command[1]} {command[2]} failed: {last[0].strip()}")

"""`banter simulate`: its options, its progress line and its exit status."""

from __future__ import annotations

import json
import sys
from contextlib import contextmanager
from datetime import date, datetime, timezone
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import Progress

from banter import bootstrap
from banter.simulate.figures import Told
from banter.simulate.in_process import in_process
from banter.simulate.lines import cast
from banter.simulate.over_http import OverHttp
from banter.simulate.report import as_json, show, show_dialogue
from banter.simulate.run import simulate

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from banter.simulate.model import Cast, Driver


class BadOption(ValueError):
    """An option that cannot be used; the message says what to write instead."""


def run(
    *,
    visitors: int,
    seed: int,
    url: str | None,
    kinds: Sequence[str],
    framework: str | None,
    playbook: str | None,
    today: str | None,
    shown: int,
    as_data: bool,
) -> int:
    """The exit status: 1 when there was trouble. Raises BadOption, and what the driver raises."""
    known = cast()
    _check(kinds, framework, url, playbook, today, known)
    day = date.fromisoformat(today) if today else datetime.now(timezone.utc).date()
    progress = Console(stderr=True)
    with (
        _driver(url, day, playbook, framework, progress) as driver,
        Progress(console=progress, transient=True, disable=not progress.is_terminal) as bar,
    ):
        task = bar.add_task("Visitors", total=visitors)
        met = 0

        def each(told: Told) -> None:
            nonlocal met
            met += bool(told.trouble)
            bar.update(task, advance=1, description=f"Visitors ({met} met trouble)" if met else "Visitors")

        funnel = simulate(driver, known, visitors=visitors, seed=seed, today=day, kinds=kinds, each=each)
    if as_data:
        sys.stdout.write(json.dumps(as_json(funnel), indent=1, ensure_ascii=False, default=str) + "\n")
    else:
        console = Console(highlight=False)
        show(funnel, console)
        worst_first = sorted(funnel.told, key=lambda told: not told.trouble)
        for told in worst_first[:shown]:
            show_dialogue(told, console)
    return 1 if funnel.trouble else 0


@contextmanager
def _driver(
    url: str | None, day: date, playbook: str | None, framework: str | None, console: Console
) -> Iterator[Driver]:
    env = bootstrap.environment()
    if url is not None:
        yield OverHttp(url, env.get("BANTER_ADMIN_TOKEN"))
        return
    folder = Path(playbook).absolute() if playbook else None
    loading = console.status("Loading the dialogue (some ten seconds)")
    with loading, in_process(env, day, playbook=folder, framework=framework) as driver:
        loading.stop()
        if driver.problem:
            raise BadOption(driver.problem)
        yield driver


def _check(
    kinds: Sequence[str],
    framework: str | None,
    url: str | None,
    playbook: str | None,
    today: str | None,
    known: Cast,
) -> None:
    for kind in kinds:
        if kind not in known.kinds:
            raise BadOption(f"--kind {kind}: unknown; use one of {', '.join(known.kinds)}")
    if framework not in (None, "bant", "champ"):
        raise BadOption(f"--framework {framework}: must be bant or champ")
    if url is not None:
        if not url.startswith(("http://", "https://")):
            raise BadOption(f"--url {url}: must begin with http:// or https://, e.g. http://127.0.0.1:8080")
        if framework or playbook or today:
            raise BadOption(
                "--framework, --playbook and --today are the server's own business; leave them out with --url"
            )
    if playbook is not None and not Path(playbook).is_dir():
        raise BadOption(f"--playbook {playbook}: there is no such folder; name the one that holds company.yml")
    if today is not None:
        try:
            date.fromisoformat(today)
        except ValueError:
            raise BadOption(f"--today {today}: must be year-month-day, e.g. 2026-11-21") from None

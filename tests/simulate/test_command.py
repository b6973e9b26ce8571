"""`banter simulate` on the command line, and a server that it talks to."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from banter.simulate.command import BadOption, run
from banter.simulate.lines import cast
from banter.simulate.over_http import OverHttp, ServerError
from banter.simulate.run import simulate
from tests.dialogue.conftest import model  # noqa: F401 - trains where that is needed
from tests.product.running import TOKEN, Server, free_port
from tests.simulate.saying import TODAY

ROOT = Path(__file__).parent.parent.parent
USUAL = {
    "visitors": 1,
    "seed": 1,
    "url": None,
    "kinds": (),
    "framework": None,
    "playbook": None,
    "today": None,
    "shown": 0,
    "as_data": False,
}


@pytest.mark.parametrize(
    ("given", "mend"),
    [
        ({"kinds": ("rude",)}, "--kind rude: unknown; use one of all_at_once, terse"),
        ({"framework": "meddic"}, "--framework meddic: must be bant or champ"),
        ({"url": "localhost:8080"}, "must begin with http"),
        ({"url": "http://127.0.0.1:1", "framework": "champ"}, "are the server's own business"),
        ({"playbook": "/no/such/folder"}, "there is no such folder"),
        ({"today": "23/11/2026"}, "must be year-month-day"),
    ],
)
def test_an_option_that_cannot_be_used_is_refused_with_the_mend(given, mend):
    with pytest.raises(BadOption) as refused:
        run(**{**USUAL, **given})
    assert mend in str(refused.value)


def test_a_server_that_is_not_there_is_said_so():
    driver = OverHttp(f"http://127.0.0.1:{free_port()}", None)
    with pytest.raises(ServerError, match=r"does not answer .*start it with `banter serve`"):
        simulate(driver, cast(), visitors=1, seed=1, today=TODAY)


@pytest.mark.slow
def test_visitors_talk_to_a_running_server(tmp_path: Path, model: Path):  # noqa: F811
    server = Server(tmp_path).start().ready()
    try:
        known = simulate(OverHttp(server.url, TOKEN), cast(), visitors=6, seed=3, today=date.today(), kinds=("plain",))
        unknown = simulate(OverHttp(server.url, None), cast(), visitors=1, seed=3, today=date.today(), kinds=("plain",))
    finally:
        server.stop()
    assert known.whole.visitors == 6
    assert known.trouble.get("failure", 0) == 0
    assert known.whole.points is not None
    assert known.read > 10
    assert (unknown.whole.points, unknown.read) == (None, 0)


@pytest.mark.slow
def test_the_command_prints_json_and_touches_nothing_of_the_owner_s(tmp_path: Path, model: Path):  # noqa: F811
    database = tmp_path / "owner.db"
    command = [sys.executable, "-m", "banter", "simulate", "--visitors", "2", "--json", "--kind", "terse"]
    done = subprocess.run(
        [*command, "--framework", "champ", "--today", "2026-11-23"],
        cwd=ROOT,
        env={"PATH": "/usr/bin:/bin", "BANTER_DATABASE_URL": f"sqlite:///{database}"},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode in (0, 1), done.stderr
    assert json.loads(done.stdout)["visitors"] == 2
    assert not database.exists()

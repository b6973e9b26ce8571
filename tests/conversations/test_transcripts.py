"""Every person in `people/` is met by a running Banter as they should be. How to write one: `people/README.md`."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.conversations.not_yet import NOT_YET, not_yet
from tests.conversations.transcripts import BadTranscript, Transcript, play, read
from tests.conversations.when import with_days
from tests.dialogue.conftest import model  # noqa: F401 - trains where that is needed
from tests.product.running import ROOT, Server

PEOPLE = Path(__file__).parent / "people"
TRANSCRIPTS = read(PEOPLE)


@pytest.fixture(scope="session")
def url_of(tmp_path_factory: pytest.TempPathFactory, model: Path) -> Iterator[Callable[[str], str]]:  # noqa: F811
    """The address of a running Banter of that framework; each is started once, when it is first needed."""
    running: dict[str, Server] = {}

    def address(framework: str) -> str:
        if framework not in running:
            folder = tmp_path_factory.mktemp(framework)
            shutil.copytree(ROOT / "playbook", folder / "playbook")
            settings = folder / "playbook" / "conversation.yml"
            text = settings.read_text(encoding="utf-8")
            assert "framework: bant" in text
            settings.write_text(text.replace("framework: bant", f"framework: {framework}"), encoding="utf-8")
            env = {"BANTER_PLAYBOOK": str(folder / "playbook"), "BANTER_RATE_CONVERSATION": "1000"}
            running[framework] = Server(folder, env=env).start().ready()
        return running[framework].url

    yield address
    for server in running.values():
        server.stop()


@pytest.mark.slow
@pytest.mark.parametrize("transcript", [not_yet(one, "people", one.name) for one in TRANSCRIPTS])
def test_people_are_met_as_they_should_be(transcript: Transcript, url_of: Callable[[str], str]) -> None:
    url = url_of(transcript.framework)
    today = datetime.now(ZoneInfo("Europe/London")).date()
    first = play(transcript, url, today)
    if first.faults:
        pytest.fail(f"{transcript.name}: {first.faults} wrong, after >>>>>>>\n{first.dialogue}", pytrace=False)
    assert play(transcript, url, today).score == first.score, "the same words were worth something else the second time"


def test_there_are_enough_people_and_the_ten_worst_are_among_them() -> None:
    assert len(TRANSCRIPTS) >= 70
    assert sum(one.worst for one in TRANSCRIPTS) == 10
    assert set(NOT_YET["people"]) <= {one.name for one in TRANSCRIPTS}


@pytest.mark.parametrize("today", [date(2027, 1, 1) + timedelta(days=number) for number in range(0, 366, 5)], ids=str)
def test_every_date_in_them_can_be_written_on_any_day_of_the_year(today: date) -> None:
    for path in PEOPLE.glob("*.yml"):
        with_days(path.read_text(encoding="utf-8"), today)


def test_a_mistake_in_a_transcript_is_named_with_its_place(tmp_path: Path) -> None:
    (tmp_path / "a.yml").write_text(
        "transcripts:\n- who: A\n  talk:\n  - visitor: hi\n    expect: {awating: need}\n", encoding="utf-8"
    )
    with pytest.raises(BadTranscript, match=r"a\.yml, transcript 1 .*, message 1: `awating` is unknown; there are"):
        read(tmp_path)

"""What goes wrong is said clearly, and nothing is lost or mixed up."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import requests

from tests.product.running import Server, Visitor

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("text", ["/restart", '/budget{"x":"y"}', "/stop", '/inform{"budget": "approved_amount"}'])
def test_commands_are_only_text(server: Server, text: str) -> None:
    visitor = Visitor(server.url).says("month end takes us 6 days", text)
    lead = visitor.lead()
    assert lead["answers"]["need"]["band"] == "quantified"
    assert "budget" not in lead["answers"] or not lead["answers"]["budget"]["evidence"]
    assert [m["text"] for m in visitor.transcript() if m["from"] == "visitor"][-1] == text


@pytest.mark.parametrize(
    "text",
    ["🙂", "<b>bold</b><script>alert(1)</script>", "\u202eabc", pytest.param("a" * 2000, id="2000 letters"), "?" * 500],
)
def test_odd_texts_are_stored_and_shown_as_typed(server: Server, text: str) -> None:
    visitor = Visitor(server.url).says(text)
    assert visitor.awaiting == "need"
    assert [m["text"] for m in visitor.transcript() if m["from"] == "visitor"] == [text]


@pytest.mark.parametrize(
    ("text", "status"), [("", 422), ("   ", 422), ("a" * 2001, 413), ("a\0b", 422), (None, 422), (7, 422)]
)
def test_what_is_no_message_is_refused_with_a_reason(server: Server, text: str | None, status: int) -> None:
    visitor = Visitor(server.url)
    answer = visitor.sends("x", text)  # type: ignore[arg-type]
    assert answer.status_code == status
    assert answer.json()["error"]["message"]
    visitor.says("month end takes us 6 days")
    assert visitor.awaiting == "budget"


def test_the_same_id_again_does_nothing_and_answers_the_same(server: Server) -> None:
    visitor = Visitor(server.url)
    first, again = (
        visitor.sends("same", "month end takes us 6 days"),
        visitor.sends("same", "month end takes us 6 days"),
    )
    assert first.json() == again.json()
    visitor.says("we have 20k approved for it")
    assert visitor.sends("same", "month end takes us 6 days").json() == first.json()
    assert len([m for m in visitor.transcript() if m["from"] == "visitor"]) == 2


def test_fifty_messages_in_a_second_are_answered_in_order_or_put_off(server: Server) -> None:
    visitor = Visitor(server.url)
    with ThreadPoolExecutor(10) as pool:
        answers = list(pool.map(lambda n: visitor.sends(f"burst{n}", f"message number {n}"), range(50)))
    assert {a.status_code for a in answers} <= {200, 429}
    assert all("Retry-After" in a.headers for a in answers if a.status_code == 429)
    said = [m["text"] for m in visitor.transcript() if m["from"] == "visitor"]
    taken = {f"message number {n}" for n, answer in enumerate(answers) if answer.status_code == 200}
    assert len(taken) >= 20
    assert sorted(said) == sorted(taken)


def test_two_tabs_at_once_are_one_conversation(server: Server) -> None:
    visitor = Visitor(server.url)
    with ThreadPoolExecutor(2) as pool:
        both = list(pool.map(lambda pair: visitor.sends(*pair), [("tab1", "we have 20k approved"), ("tab2", "I sign")]))
    assert [a.status_code for a in both] == [200, 200]
    answers = visitor.lead()["answers"]
    assert answers["budget"]["band"] == "approved_amount"
    assert answers["authority"]["band"] == "final"
    assert len(visitor.transcript()) == len({m["id"] for m in visitor.transcript()})


def test_a_message_after_the_end_is_answered(server: Server) -> None:
    visitor = Visitor(server.url).says("skip", "skip", "skip", "skip", "no thanks", "what does it cost?")
    assert "4,000" in visitor.last["messages"][0]["text"]
    assert visitor.status == "closed"


def test_nobody_reads_or_writes_anothers_conversation(server: Server) -> None:
    one, two = Visitor(server.url), Visitor(server.url)
    answer = requests.post(
        f"{server.url}/api/conversations/{one.id}/messages",
        json={"id": "x", "text": "hello"},
        headers={"Authorization": f"Bearer {two.token}"},
        timeout=30,
    )
    assert answer.status_code == 401


def test_a_second_process_on_the_same_file_is_refused_with_the_mend(server: Server) -> None:
    second = Server(server.folder).start()
    assert second.process is not None
    assert second.process.wait(timeout=60) == 1
    assert "PostgreSQL" in second.log
    assert "Traceback" not in second.log


def test_a_port_in_use_is_said_plainly(server: Server, tmp_path: Path) -> None:
    second = Server(tmp_path, port=server.port).start()
    assert second.process is not None
    assert second.process.wait(timeout=90) != 0
    assert "--port" in second.log
    assert "Traceback" not in second.log


def test_it_does_not_start_on_a_faulty_playbook(tmp_path: Path, model: Path) -> None:
    playbook = tmp_path / "playbook"
    playbook.mkdir()
    for file in (Path(__file__).parent.parent.parent / "playbook").glob("*.yml"):
        (playbook / file.name).write_text(
            file.read_text(encoding="utf-8").replace("approved_amount:", "aproved_amount:")
        )
    wrong = Server(tmp_path, env={"BANTER_PLAYBOOK": str(playbook)}).start()
    assert wrong.process is not None
    assert wrong.process.wait(timeout=60) == 1
    assert "rubric.yml:" in wrong.log
    assert "aproved_amount" in wrong.log
    assert "Traceback" not in wrong.log

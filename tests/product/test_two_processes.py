"""Two `banter serve` on one PostgreSQL: one conversation may be had with both."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.databases import Postgresql, postgresql  # noqa: F401 - a fixture
from tests.product.running import Server, Visitor

pytestmark = pytest.mark.slow


def test_two_processes_serve_one_conversation_in_order(tmp_path: Path, postgresql: Postgresql, model: Path) -> None:  # noqa: F811
    shared = {"BANTER_DATABASE_URL": postgresql.url()}
    one = Server(tmp_path, env=shared).start().ready()
    two = Server(tmp_path, env=shared).start().ready()
    try:
        visitor = Visitor(one.url)
        for place, text in enumerate(("our reports are late by 5 days every month", "we have 20k approved for it")):
            assert visitor.sends(f"v{place}", text, url=(two.url, one.url)[place]).status_code == 200
        with ThreadPoolExecutor(8) as pool:
            burst = list(
                pool.map(
                    lambda n: visitor.sends(f"b{n}", f"how much is it? ({n})", (one.url, two.url)[n % 2]), range(16)
                )
            )
        assert {answer.status_code for answer in burst} == {200}
        assert visitor.sends("a", "I sign for it myself", url=two.url).status_code == 200
        offered = visitor.sends("t", "by the end of next month", url=one.url).json()
        assert offered["awaiting"] == "slot"
        said = [m["text"] for m in visitor.transcript() if m["from"] == "visitor"]
        assert len(said) == len(set(said)) == 20
        assert visitor.lead()["score"]["total"] == 100

        rivals = [Visitor(url) for url in (one.url, two.url) for _ in range(3)]
        for rival in rivals:
            rival.says("6 days for each close, 20k approved, I sign it myself, needed by the end of next month")
        title = offered["messages"][-1]["buttons"][-1]["value"]
        with ThreadPoolExecutor(len(rivals)) as pool:
            list(pool.map(lambda rival: rival.says(title, f"{rival.id[2:8]}@example.com"), rivals))
        booked = [lead["booking"] for lead in (rival.lead() for rival in rivals) if lead["booking"]]
        confirmed = [(b["rep"], b["starts_at"]) for b in booked if b["status"] == "confirmed"]
        assert confirmed
        assert len(confirmed) == len(set(confirmed))
    finally:
        one.stop()
        two.stop()

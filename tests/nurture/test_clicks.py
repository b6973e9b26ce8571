"""Links in nurture mails count a click where that is worth anything, and lead nowhere but where the team wants."""

from __future__ import annotations

import base64
import re
import secrets
from dataclasses import replace

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from banter.leads.playbook import Playbook, Step
from banter.nurture.clicks import LONGEST, Click, by_us, counted, counts, make, read
from banter.nurture.enrol import enrol
from banter.nurture.go import go_routes
from scoring.behaviour import Behaviour, Worth
from scoring.parts import Parts
from tests.booking.examples import NOW, PUBLIC_URL, lead, playbook
from tests.fakes import FakeStore

SECRET = "a secret of the test"
GUIDE = "https://acorn.example/guide?utm_source=mail"
CLICK = Click("l_1", "nurture_warm/guide", GUIDE)


def that_counts(points: int = 10) -> Playbook:
    made = playbook()
    worth = Behaviour({"email_click": Worth(points, points)})
    rubrics = {name: replace(rubric, parts=Parts(behaviour=worth)) for name, rubric in made.rubrics.items()}
    step = replace(made.sequences["nurture_warm"].steps[0], body=f"Hi {{name}}, read {GUIDE}. Or: {{resume_link}}")
    sequence = replace(made.sequences["nurture_warm"], steps=(step,))
    return replace(made, rubrics=rubrics, sequences={**made.sequences, "nurture_warm": sequence})


def body(rules: Playbook, url: str = PUBLIC_URL) -> str:
    store = FakeStore()
    with store.begin() as tx:
        tx.leads.save(lead())
        enrol(tx, rules, lead(), "nurture_warm", NOW, url, secret=SECRET)
    (item,) = store.state.outbox.values()
    return str(item.payload["body"])


def test_a_link_that_the_team_wrote_goes_by_us_and_no_other_does() -> None:
    mail = body(that_counts())
    (token,) = re.findall(rf"{PUBLIC_URL}/go/(\S+)\. Or:", mail)
    click = read(token, SECRET)
    assert click is not None
    assert (click.lead, click.target) == ("l_1", GUIDE)
    assert GUIDE not in mail
    assert f"{PUBLIC_URL}/resume/" in mail
    assert f"{PUBLIC_URL}/unsubscribe/" in mail
    assert mail.count("/go/") == 1


def test_as_it_ships_links_stay_as_they_were_written() -> None:
    plain = that_counts()
    plain = replace(plain, rubrics=playbook().rubrics)
    assert GUIDE in body(plain)
    assert "/go/" not in body(plain)


@pytest.mark.parametrize("url", ["http://127.0.0.1:8080", "http://localhost:8080", "http://[::1]:8080"])
def test_nobody_is_led_by_a_server_that_nobody_reaches(url: str) -> None:
    assert not counts(that_counts(), url)
    assert GUIDE in body(that_counts(), url)


def test_clicks_that_are_worth_nothing_are_not_counted() -> None:
    assert not counts(that_counts(points=0), PUBLIC_URL)
    assert counts(that_counts(), PUBLIC_URL)


@pytest.mark.parametrize(
    ("text", "led"),
    [
        ("see https://a.example/x.", "see [https://a.example/x]."),
        ("(https://a.example/x)", "([https://a.example/x])"),
        ("see https://a.example/BANT_(sales).", "see [https://a.example/BANT_(sales)]."),
        ("(https://a.example/BANT_(sales))", "([https://a.example/BANT_(sales)])"),
        ("(see [https://a.example/x?y[0]])!", "(see [[https://a.example/x?y[0]]])!"),
        ("https://a.example/x and http://b.example", "[https://a.example/x] and [http://b.example]"),
        ("https://a.example/?n={name}", "https://a.example/?n={name}"),
        ("mailto:hello@a.example {resume_link}", "mailto:hello@a.example {resume_link}"),
        ("https:// or https://user:pw@", "https:// or https://user:pw@"),
        ("https://a.example/" + "x" * 2_000, "https://a.example/" + "x" * 2_000),
    ],
)
def test_addresses_are_found_as_a_reader_would(text: str, led: str) -> None:
    step = counted(Step("guide", NOW - NOW, "Subject", text), lambda address: f"[{address}]")
    assert step.body == led


@pytest.mark.parametrize("path", ["x" * 900, "x" * 1_900, "ü" * 900, "漢" * 600])
def test_every_link_of_a_mail_leads_on_and_what_is_too_long_for_one_stays_an_address(path: str) -> None:
    address = f"https://a.example/{path}"
    step = Step("guide", NOW - NOW, "Subject", f"see {address}.")
    told = counted(step, lambda target: by_us(replace(CLICK, target=target), PUBLIC_URL, SECRET)).body
    found = re.fullmatch(rf"see {PUBLIC_URL}/go/(\S+)\.", told)
    if found is None:
        assert told == step.body
        assert len(make(replace(CLICK, target=address), SECRET)) > LONGEST
    else:
        assert read(found[1], SECRET) == replace(CLICK, target=address)
    assert (found is not None) == (path == "x" * 900)


def test_a_click_is_known_again_and_each_mail_and_link_counts_once() -> None:
    assert read(make(CLICK, SECRET), SECRET) == CLICK
    seen = CLICK.seen(NOW)
    assert (seen.kind, seen.page, seen.at) == ("email_click", "https://acorn.example/guide", NOW)
    assert seen.key == CLICK.seen(NOW.replace(year=2027)).key
    others = (replace(CLICK, target="https://acorn.example/other"), replace(CLICK, mail="nurture_warm/later"))
    assert len({seen.key, *(other.seen(NOW).key for other in others)}) == 3


def test_nothing_but_what_we_signed_leads_anywhere() -> None:
    token = make(CLICK, SECRET)
    told, _, signature = token.partition(".")
    evil = base64.urlsafe_b64encode(b'["l_1","m","https://evil.example/"]').rstrip(b"=").decode()
    forged = [
        f"{evil}.{signature}",
        f"{evil}.",
        evil,
        f".{signature}",
        told,
        "",
        ".",
        "…",
        token + "A",
        f"{told}=.{signature}",
    ]
    forged += [f"{evil}.{secrets.token_urlsafe(16)}" for _ in range(2_000)]
    forged += [token[:n] + ("A" if token[n] != "A" else "B") + token[n + 1 :] for n in range(len(token) - 1)]
    forged += [make(CLICK, "another secret"), "A" * 100_000, f"{told}\n.{signature}", f" {token}"]
    assert [one for one in forged if read(one, SECRET) is not None] == []


def test_who_clicks_is_counted_and_led_on() -> None:
    clicked: list[Click] = []
    app = Starlette(routes=list(go_routes(company=playbook().company, secret=SECRET, clicked=clicked.append)))
    client = TestClient(app, follow_redirects=False)
    path = f"/go/{make(CLICK, SECRET)}"
    assert client.head(path).status_code == 303
    assert clicked == []
    answer = client.get(path)
    assert (answer.status_code, answer.headers["Location"]) == (303, GUIDE)
    assert (answer.headers["Referrer-Policy"], answer.headers["Cache-Control"]) == ("no-referrer", "no-store")
    assert clicked == [CLICK]
    lost = client.get(f"{path}x")
    assert (lost.status_code, "Location" in lost.headers) == (404, False)
    assert "This link does not work" in lost.text
    assert clicked == [CLICK]

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from banter.configuration.checks import load_playbook
from banter.leads.playbook import Step
from banter.leads.reading import Contact
from banter.nurture.render import NO_PROBLEM, PLACEHOLDERS, Links, check_step, first_name, problem, render
from scoring.model import Answer, Evidence
from tests.booking.examples import COMPANY, lead

LINKS = Links("https://chat.example.com/", "https://chat.example.com/unsubscribe/t")
SHIPPED = load_playbook(Path(__file__).parents[2] / "playbook", check_step=check_step)
STEPS = [step for sequence in SHIPPED.sequences.values() for step in sequence.steps]


def step(body="Hi {name}", subject="Hello"):
    return Step("one", timedelta(0), subject, body)


def need(text, band="specific", *evidence):
    found = tuple(Evidence(part, text.index(part), text.index(part) + len(part), "problem") for part in evidence)
    return Answer("need", band, "some", "intending", text, found)


def mail(one, who=None, company=COMPANY):
    return render(one, lead=who or lead(), company=company, rep="Ana Example", links=LINKS)


def test_a_mail_greets_by_first_name_and_quotes_the_problem():
    pat = lead(answers={"need": need("month end close takes my team 6 days")})
    subject, body = mail(step("Hi {name},\n\nYou mentioned {problem}.", "For {name}"), pat)
    assert subject == "For Pat"
    assert body.startswith("Hi Pat,\n\nYou mentioned “month end close takes my team 6 days”.\n")


def test_every_mail_ends_with_the_way_out_and_the_address():
    _, body = mail(step())
    assert body.rstrip().endswith(f"{LINKS.unsubscribe}\nExample Ledger, 1 Example Street, Exampleton")


@pytest.mark.parametrize(
    ("text", "band", "evidence", "quoted"),
    [
        ("close takes 6 days and has errors", "quantified", ["6 days", "errors"], "close takes 6 days and has errors"),
        ("Hi! I run it. The close takes 6 days. You?", "quantified", ["close takes 6 days"], "The close takes 6 days"),
        ("We have 15k approved; reconciling is by hand\nThanks", "specific", ["by hand"], "reconciling is by hand"),
        ("spreadsheets don't reconcile...", "specific", [], "spreadsheets don't reconcile"),
        ('he said "it is a mess" {really}', "specific", [], "he said 'it is a mess' (really)"),
        ("word " * 60 + "takes 6 days", "quantified", ["takes 6 days"], "takes 6 days"),
    ],
)  # fmt: skip
def test_the_problem_is_told_in_the_leads_own_words(text, band, evidence, quoted):
    assert problem(need(text, band, *evidence)) == f"“{quoted}”"


def test_a_very_long_problem_is_cut_at_a_word():
    told = problem(need("reconciliation " * 100))
    assert len(told) < 170
    assert told.endswith("reconciliation …”")


@pytest.mark.parametrize(
    "answer",
    [
        None,
        need("just looking", "curious"),
        need("won't say", "declined"),
        need("?", "unclear"),
        need("buy at http://evil.example now"),
        need("see evil-shop.example for cheap pills"),
        need("write to me@example.com"),
        need("..."),
        need("\x00\n"),
    ],
)
def test_without_words_worth_repeating_the_sentence_still_reads_on(answer):
    assert problem(answer) == NO_PROBLEM


@pytest.mark.parametrize(
    ("name", "greeted"),
    [
        ("Pat Example", "Pat"), ("Dr. Pat Example", "Dr. Pat Example"), ("P. Example", "P. Example"), ("Zoë", "Zoë"),
        ("O'Neill", "O'Neill"), (None, "there"), ("", "there"), ("  \n", "there"), ("www.evil.example", "there"),
        ("Win 1000 now", "there"), ("{name}", "(name)"), ("Buy our very cheap pills right now please", "there"),
        ("...", "there"), ("x" * 200, "there"),
    ],
)  # fmt: skip
def test_greetings(name, greeted):
    assert first_name(name) == greeted


def test_a_good_step_has_no_faults():
    assert check_step(step(" ".join(f"{{{name}}}" for name in PLACEHOLDERS))) == []


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ("Hi {nmae}", "there is no {nmae}; did you mean {name}?"),
        ("Hi { name }", "did you mean {name}?"),
        ("{zzzzz}", "use one of name, problem"),
        ("{}", "use one of name"),
        ("Hi {name", "a lone brace"),
        ("Hi {{name}}", "a lone brace"),
        ("  ", "is empty"),
    ],
)
def test_a_faulty_text_is_named_with_its_mend_and_never_sent(body, says):
    (fault,) = check_step(step(body))
    assert fault.startswith("body of step 'one'")
    assert says in fault
    with pytest.raises(ValueError, match="body of step 'one'"):
        mail(step(body))


def test_faults_of_the_subject_are_told_too():
    assert [fault[:7] for fault in check_step(step(subject="{zz}\nx"))] == ["subject", "subject"]


TEXT = st.text(max_size=300)


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(STEPS),
    TEXT,
    TEXT,
    st.sampled_from(["quantified", "specific", "general", "curious", "unclear"]),
    st.data(),
)
def test_no_mail_ever_holds_a_brace_or_a_hole(one, name, said, band, data):
    span = sorted(data.draw(st.lists(st.integers(0, len(said)), min_size=2, max_size=2)))
    evidence = (Evidence(said[slice(*span)], *span, "problem"),) if data.draw(st.booleans()) else ()
    answer = Answer("need", band, "some", "intending", said, evidence)
    who = lead(contact=Contact(name=name, email="pat@example.com"), answers={"need": answer})
    subject, body = mail(one, who, SHIPPED.company)
    assert not set("{}") & set(subject + body)
    assert "\n" not in subject
    assert "“”" not in body
    assert "None" not in body.replace(said, "").replace(name, "") or "None" in said + name
    assert not re.search(r"  +[.,]|mentioned\s*[.,]|Hi\s*,", body)
    assert body.count(LINKS.unsubscribe) == 1


def test_the_shipped_sequences_teach_follow_up_and_keep_their_promise():
    warm, cold = SHIPPED.sequences["nurture_warm"], SHIPPED.sequences["nurture_cold"]
    assert warm.steps[0].after == timedelta(0)
    assert timedelta(days=14) in [one.after for one in warm.steps]
    assert "two weeks" in warm.promise
    assert cold.steps[-1].after >= timedelta(days=180)
    assert len(cold.steps) == 5
    assert "five mails" in cold.promise
    gaps = [later.after - sooner.after for sooner, later in zip(cold.steps[1:], cold.steps[2:], strict=False)]
    assert min(gaps) >= timedelta(days=30)


@pytest.mark.parametrize("one", STEPS, ids=[one.key for one in STEPS])
def test_the_shipped_mails_are_short_and_ask_for_no_reserved_word(one):
    _, body = mail(one, replace(lead(), answers={"need": need("the close takes 6 days")}), SHIPPED.company)
    assert len(body.split()) < 260
    assert len(one.subject) < 60
    assert not re.search(r"\b(reply|text|answer|send|write)\b[^.\n]*\b(STOP|UNSUBSCRIBE|CANCEL|END|QUIT)\b", body)

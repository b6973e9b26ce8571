"""What an import tells counts where a lead said nothing, reaches whom it is about, and can be taken back."""

from __future__ import annotations

import gc
import tracemalloc
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from banter.importing.running import Told, refresh, take
from banter.importing.showing import keys_meant
from banter.importing.table import Row
from banter.leads.facts import Facts, Labelled, Mail, Named, Place, Size
from banter.leads.imported import Filled, filled, keys_of
from banter.leads.known import known_of
from banter.leads.model import Lead
from banter.leads.qualify import qualify
from banter.leads.reading import Contact
from banter.leads.telling import summary
from banter.store.conversations import Conversation
from banter.store.database import SqlStore
from banter.turns import Turns
from scoring.behaviour import Behaviour, Worth
from scoring.known import Event
from scoring.parts import Parts
from scoring.profile import profile_from
from tests.databases import sqlite_store
from tests.dialogue.talk import Services
from tests.importing.conftest import DAY, NOW, READER, Take, rows
from tests.leads.visitor import PLAYBOOK, FakeAlerts, FakeNurturing, FakeReader, FakeTimers, answer
from tests.rubrics.conftest import House
from tests.store.values import lead

IDEAL = {"industry": {"weight": 60, "fits": ["legal"]}, "size": {"weight": 40, "fits": "20-500"}}
RULES = replace(PLAYBOOK, profile=profile_from(IDEAL))
ACORN = {"email": "pat@acorn.com", "industry": "Law Practice", "size": "51-200", "title": "CEO"}


def a_lead(id: str = "l_1", email: str = "pat@acorn.com", **changes: object) -> Lead:
    made = lead(id, contact=Contact(email=email), facts=Facts(mail=Mail(email.rpartition("@")[2], "business")))
    return qualify(replace(made, **changes), RULES)  # type: ignore[arg-type]


def save(store: SqlStore, *leads: Lead) -> None:
    with store.begin() as tx:
        for one in leads:
            tx.leads.save(one)


def kept(store: SqlStore, id: str = "l_1") -> Lead:
    with store.begin(readonly=True) as tx:
        found = tx.leads.get(id)
    assert found is not None
    return found


def test_the_same_file_twice_changes_nothing_and_a_newer_one_replaces_what_it_tells(
    store: SqlStore, taken: Take
) -> None:
    first = taken(rows(ACORN))
    assert (first.new, first.changed, first.same) == (2, 0, 0)  # the address, and its domain
    again = taken(rows(ACORN), day=DAY + timedelta(days=9))
    assert (again.new, again.changed, again.same) == (0, 0, 2)
    newer = taken(rows({"email": "pat@acorn.com", "size": "300"}), day=DAY + timedelta(days=9))
    assert (newer.new, newer.changed) == (0, 2)
    with store.begin(readonly=True) as tx:
        (now,) = tx.imported.of([("email", "pat@acorn.com")]).values()
        assert now == Facts(sizes=(Size("employees", 300, 300, at=DAY + timedelta(days=9)),))
        assert [(one.file, one.kept) for one in tx.imported.all()] == [("crm.csv", 2)]


def test_a_trial_writes_nothing_and_says_the_same(store: SqlStore) -> None:
    told = take(store, rows(ACORN, {"size": "9"}), READER, day=DAY, number=None, complain=lambda line, mend: None)
    assert (told.rows, told.new, told.faulty) == (2, 2, 1)
    with store.begin(readonly=True) as tx:
        assert tx.imported.of([("email", "pat@acorn.com")]) == {}


def test_of_two_rows_about_one_the_first_counts_and_the_other_is_named(taken: Take) -> None:
    faults: list[str] = []
    told = taken(rows(ACORN, {**ACORN, "size": "9"}, {"email": "kim@acorn.com", "size": "70"}), faults=faults)
    assert faults == ["3: is about pat@acorn.com again; the first row about it counts, so leave one out"]
    assert (told.new, told.faulty) == (3, 1)  # two people, and one domain of theirs


def test_said_beats_imported_and_imported_beats_signs() -> None:
    imported = Facts(industry=Labelled("legal", at=DAY), place=Place("DE", at=DAY), company=Named("Acorn"))
    said = replace(a_lead(), imported=imported, facts=Facts(industry=Labelled("retail"), place=Place("GB")))
    signs = replace(said, facts=Facts(place=Place("GB", source="phone")))
    assert [fact.names for fact in known_of(said, RULES).about("industry")] == [("retail",)]
    assert [fact.names for fact in known_of(said, RULES).about("region")] == [("gb",)]
    (industry,) = known_of(signs, RULES).about("industry")
    (region,) = known_of(signs, RULES).about("region")
    assert (industry.names, industry.source, industry.at) == (("legal",), "crm", DAY)
    assert (region.names, region.source) == (("de",), "crm")
    assert summary(signs.facts, signs.imported) == {
        "Company": "Acorn, from your CRM",
        "Industry": "legal, from your CRM",
        "Place": "DE, from your CRM",
    }
    assert summary(said.facts, said.imported)["Place"] == "GB"


def test_a_lead_is_reached_by_address_number_and_the_domain_of_a_business_address() -> None:
    assert keys_of(a_lead(contact=Contact(email="Pat@Acorn.com", phone="+442079460000"))) == (
        ("email", "pat@acorn.com"),
        ("phone", "+442079460000"),
        ("domain", "acorn.com"),
        ("colleague", "acorn.com"),
    )
    free = a_lead(email="pat@gmail.com", facts=Facts(mail=Mail("gmail.com", "free")))
    assert keys_of(free) == (("email", "pat@gmail.com"),)
    assert keys_of(lead()) == ()


def test_a_colleague_gets_what_is_true_of_the_company_and_no_title(store: SqlStore, taken: Take) -> None:
    taken(rows(ACORN, {"domain": "oak.com", "size": "30"}, {"email": "kim@oak.com", "size": "7", "title": "CEO"}))
    with store.begin(readonly=True) as tx:
        colleague = tx.imported.about(a_lead(email="sam@acorn.com"))
        other = tx.imported.about(a_lead(email="x@oak.com"))
        nobody = tx.imported.about(a_lead(email="x@birch.com"))
    assert colleague.industry == Labelled("legal", at=DAY)
    assert colleague.role is None
    assert [size.least for size in other.sizes] == [30]  # the company's own row before a colleague's
    assert nobody == Facts()


def test_leads_that_are_there_know_it_and_open_ones_are_scored_again(store: SqlStore, taken: Take) -> None:
    save(store, a_lead(), a_lead("l_2", "kim@oak.com"))
    told = refresh(store, RULES, taken(rows(ACORN)))
    assert (told.leads, told.rescored, told.elsewhere) == (1, 1, [])
    now = kept(store)
    assert now.score is not None
    assert now.score.fit is not None
    assert (now.score.fit.percent, now.score.confidence) == (100, 25)  # half of what the profile asks for counts
    assert {line.source for line in now.score.fit.lines} == {"crm"}
    assert {line.at for line in now.score.fit.lines} == {DAY}
    assert now.updated_at == a_lead().updated_at
    assert refresh(store, RULES, Told()).leads == 0
    assert kept(store, "l_2") == a_lead("l_2", "kim@oak.com")


def test_without_a_profile_no_score_is_made_again(store: SqlStore, taken: Take) -> None:
    save(store, a_lead())
    told = refresh(store, PLAYBOOK, taken(rows(ACORN)))
    assert (told.leads, told.rescored) == (1, 0)
    assert kept(store).score == a_lead().score


def test_an_ended_conversation_keeps_its_route_and_it_is_said_where_it_would_go(store: SqlStore, taken: Take) -> None:
    told = ("need=quantified", "budget=approved_amount", "authority=final", "timeline=within_60_days")
    answers = {name: answer(name, band) for name, band in (one.split("=") for one in told)}  # type: ignore[misc,arg-type]
    ended = a_lead(answers=answers, status="booked")
    assert ended.route is not None
    assert (ended.route.name, ended.route.final) == ("book", True)
    save(store, ended)
    same = refresh(store, RULES, taken(rows(ACORN)))
    assert (same.rescored, same.elsewhere) == (1, [])
    assert kept(store).route == ended.route
    out = replace(RULES, profile=profile_from({"size": {"weight": 9, "fits": "300+", "disqualifies": "under 50"}}))
    other = refresh(store, out, taken(rows({"email": "pat@acorn.com", "size": "3"})))
    assert other.elsewhere == [("l_1", "book", "disqualified")]
    assert kept(store).route == ended.route
    assert [size.least for size in kept(store).imported.sizes] == [3]


def test_points_that_were_kept_for_the_team_stay_and_what_came_after_them_adds_none() -> None:
    counting = replace(PLAYBOOK.rubric, parts=Parts(behaviour=Behaviour({"download": Worth(9, 9)}, half_life=7)))
    rules = replace(RULES, rubrics={**PLAYBOOK.rubrics, PLAYBOOK.rubric.framework: counting})
    told = ("need=quantified", "budget=approved_amount", "authority=final", "timeline=within_60_days")
    answers = {name: answer(name, band) for name, band in (one.split("=") for one in told)}  # type: ignore[misc,arg-type]
    booked = qualify(a_lead(answers=answers, status="booked"), rules)
    later = replace(booked, events=(Event("download", booked.changed_at + timedelta(days=20)),))
    assert qualify(later, rules).score == booked.score
    legal = Facts(industry=Labelled("legal", at=DAY))
    assert filled(later, legal, rules) == Filled(replace(later, imported=legal))
    assert filled(booked, legal, rules).rescored


def test_an_import_is_taken_back_and_leads_know_it_no_more(store: SqlStore, taken: Take) -> None:
    save(store, a_lead(), a_lead("l_2", "kim@oak.com"))
    refresh(store, RULES, taken(rows(ACORN), file="one.csv"))
    refresh(store, RULES, taken(rows({"email": "kim@oak.com", "size": "40"}), file="two.csv"))
    with store.begin() as tx:
        two, one = tx.imported.all()
        assert (one.file, one.kept, two.file) == ("one.csv", 2, "two.csv")
        assert tx.imported.forget(one.number) == 2
    refresh(store, RULES, Told())
    assert kept(store) == a_lead()
    assert kept(store, "l_2").imported != Facts()
    with store.begin() as tx:
        assert tx.imported.forget_about([("email", "kim@oak.com"), ("phone", "+1")]) == 1
        assert tx.imported.forget(None) == 1
        assert tx.imported.all() == []


def test_who_comes_later_is_known_as_soon_as_they_say_who_they_are(tmp_path: Path) -> None:
    store = sqlite_store(tmp_path)
    turns = Turns(
        store,
        FakeReader(),
        RULES,
        lambda tx: Services(None, FakeNurturing(), FakeAlerts(), FakeTimers()),  # type: ignore[arg-type, return-value]
        lambda: NOW,
    )
    with store.begin() as tx:
        take(store, [], READER, day=DAY, number=None, complain=lambda line, mend: None)
        tx.imported.put(tx.imported.begin("crm.csv", NOW), READER.read(ACORN, DAY).told)
        conversation = Conversation("c_1", "web", "en", RULES.company.timezone.key, None, None, NOW)
        tx.conversations.create(conversation)
        for text in ("need=specific", "pat@acorn.com"):
            with turns.begin(tx, conversation) as turn:
                turn.hear({"text": text, "intent": {"name": "answer"}})
    with store.begin(readonly=True) as tx:
        known = tx.leads.of_conversation("c_1")
    store.close()
    assert known is not None
    assert known.score is not None
    assert known.score.fit is not None
    assert known.score.fit.percent == 100
    assert known.imported.industry == Labelled("legal", at=DAY)


def test_many_rows_take_no_more_memory_than_their_addresses(tmp_path: Path) -> None:
    store = sqlite_store(tmp_path)

    held: list[int] = []

    def many(count: int) -> Iterator[Row]:
        for number in range(count):
            if number % 2500 == 2400:  # at the same place of a batch each time
                gc.collect()
                held.append(tracemalloc.get_traced_memory()[0])
            yield Row(number + 2, {"email": f"a{number}@b{number}.com", "size": "51-200", "industry": "legal"})

    take(store, many(600), READER, day=DAY, number=1, complain=lambda line, mend: None)
    tracemalloc.start()
    take(store, many(5000), READER, day=DAY, number=1, complain=lambda line, mend: None)
    tracemalloc.stop()
    store.close()
    early, late = held
    assert late - early < 2500 * 300  # a number for each address and domain; a row with its facts is thousands of bytes


def test_of_a_file_that_is_too_long_the_first_rows_are_taken_and_reach_leads(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("banter.importing.running.MOST_ROWS", 2)
    file = house.playbook.parent / "crm.csv"
    file.write_text("Email,Size\npat@acorn.com,60\nkim@oak.com,70\nsam@birch.com,80\n", encoding="utf-8")
    save(house.store, a_lead(), a_lead("l_2", "sam@birch.com"))
    said = house.banter("leads", "import", str(file))
    assert said.exit_code == 1
    assert "2 rows: 4 addresses, numbers and domains new" in said.output
    assert "1 leads that are there know other things now" in said.output
    assert "forget-import 1" in said.output
    assert "Line 4: 2 rows are the most; import the rest as a file of its own." in said.output
    assert [size.least for size in kept(house.store).imported.sizes] == [60]
    assert kept(house.store, "l_2").imported == Facts()


@pytest.mark.parametrize("about", ["http://[bad.com", "//[x.com"])
def test_what_is_no_address_of_a_page_stands_for_nobody(about: str) -> None:
    assert keys_meant(about, "GB") == []


def test_the_commands_try_import_show_and_take_back(house: House) -> None:
    file = house.playbook.parent / "crm.csv"
    file.write_text("Email;Number of employees;Shoe size\npat@acorn.com;51-200;44\nnope;1;1\n", encoding="cp1252")
    tried = house.banter("leads", "import", str(file), "--check")
    assert tried.exit_code == 1
    assert "Left, because they mean nothing here: Shoe size." in tried.output
    assert f"{file}:3: e-mail address 'nope' is none; write one, e.g. pat@acorn.com" in tried.output
    assert "2 rows: 2 addresses, numbers and domains would be new" in tried.output
    assert "Nothing was written" in tried.output
    assert "Nothing is kept of an import." in house.banter("leads", "imports").output
    house.banter("leads", "import", str(file))
    assert "crm.csv" in house.banter("leads", "imports").output
    save(house.store, a_lead())
    for about in ("pat@acorn.com", "acorn.com", "l_1"):
        assert "  Size: 51 to 200 employees" in house.banter("leads", "imported", about).output
    assert "Nothing was imported of x@oak.com." in house.banter("leads", "imported", "x@oak.com").output
    assert house.banter("leads", "imported", "whoever").exit_code == 1
    assert "Say what is to be forgotten" in house.banter("leads", "forget-import").output
    assert house.banter("leads", "forget-import", "--about", "l_1", typed="n\n").exit_code == 1
    gone = house.banter("leads", "forget-import", "1", "--yes")
    assert "2 addresses, numbers and domains are forgotten." in gone.output
    assert "Nothing was imported of acorn.com." in house.banter("leads", "imported", "acorn.com").output


def test_a_file_that_is_no_table_is_told_without_a_traceback(house: House) -> None:
    file = house.playbook.parent / "crm.csv"
    file.write_text("Name\nPat\n", encoding="utf-8")
    said = house.banter("leads", "import", str(file))
    assert (said.exit_code, "names nobody" in said.output) == (1, True)

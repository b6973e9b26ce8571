"""Rubrics that were published, what the team says of leads, and all leads one after the other."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from banter.leads.override import Override
from banter.leads.published import Published
from banter.leads.reading import Contact
from banter.store.database import SqlStore
from scoring.fit import Profile
from tests.store.values import MINUTE, NOW, lead, slot

FIRST = Published("bant", 1, {"version": 1, "points": {"budget": {"none": 0}}}, NOW, "playbook/rubric.yml")


def test_what_was_published_first_stays(store: SqlStore) -> None:
    with store.begin() as tx:
        assert tx.rubrics.in_force() is None
        assert tx.rubrics.publish(FIRST) == FIRST
        assert tx.rubrics.publish(replace(FIRST, document={}, source="elsewhere")) == FIRST
        tx.rubrics.publish(replace(FIRST, version=2))
        tx.rubrics.put_in_force("bant", 2, NOW)
        tx.rubrics.put_in_force("bant", 1, NOW + MINUTE)
    with store.begin(readonly=True) as tx:
        assert tx.rubrics.in_force() == replace(FIRST, in_force_at=NOW + MINUTE)
        assert [one.stamp for one in tx.rubrics.all()] == ["bant@2", "bant@1"]
        assert tx.rubrics.get("champ", 1) is None


def test_a_profile_is_kept_once_and_no_profile_is_not_the_same_as_none_kept(store: SqlStore) -> None:
    ideal = {"industry": {"weight": 25, "fits": ["legal"]}, "size": {"weight": 20, "fits": "20-500"}}
    with store.begin() as tx:
        tx.rubrics.publish(FIRST)
        tx.rubrics.publish(replace(FIRST, version=2, profile={}))
        tx.rubrics.keep_profile("bant", 1, ideal)
        tx.rubrics.keep_profile("bant", 1, {})
        tx.rubrics.keep_profile("bant", 2, ideal)
        tx.rubrics.publish(replace(FIRST, version=3))
    with store.begin(readonly=True) as tx:
        assert [one.profile for one in tx.rubrics.all()] == [None, {}, ideal]
        kept = tx.rubrics.get("bant", 1)
        assert kept is not None
        assert [trait.about for trait in (kept.customer or Profile()).traits] == ["industry", "size"]


def test_the_last_thing_that_was_said_of_a_lead_counts_and_goes_with_it(store: SqlStore) -> None:
    said = Override("l_1", "book", "I know them", "team:ana", NOW, "Ana")
    back = replace(said, route=None, reason="No", at=NOW + MINUTE)
    with store.begin() as tx:
        tx.overrides.add(said)
        tx.overrides.add(replace(said, lead="l_2", at=NOW + 2 * MINUTE))
        assert tx.overrides.of_lead("l_1") == said
        tx.overrides.add(back)
        assert tx.overrides.of_lead("l_1") is None
        assert tx.overrides.routes() == {"l_2": "book"}
        tx.overrides.give("l_2", "l_1")
        assert [one.at for one in tx.overrides.all_of("l_1")] == [NOW, NOW + MINUTE, NOW + 2 * MINUTE]
        assert tx.overrides.routes() == {"l_1": "book"}


def test_every_real_lead_is_gone_through_newest_first_with_whether_it_has_a_call(store: SqlStore) -> None:
    with store.begin() as tx:
        for number in range(1, 4):
            tx.leads.save(lead(f"l_{number}", created_at=NOW + number * MINUTE))
        tx.leads.save(lead("l_test", test=True))
        tx.leads.save(lead("l_silent", opener=None))
        tx.leads.save(lead("l_gone"))
        tx.leads.join("l_gone", "l_1")
        held = tx.calendar.hold("l_2", slot(), buffer_minutes=0, until=NOW + MINUTE, now=NOW)
        tx.calendar.confirm(held.id)
        tx.calendar.hold("l_3", slot(60), buffer_minutes=0, until=NOW + MINUTE, now=NOW)
    with store.begin(readonly=True) as tx:
        assert [(one.id, called) for one, called in tx.history.each()] == [
            ("l_3", False),
            ("l_2", True),
            ("l_1", False),
        ]
        assert [one.id for one, _ in tx.history.each(most=1)] == ["l_3"]
        assert [one.id for one, _ in tx.history.each(since=NOW + timedelta(minutes=3))] == ["l_3"]
        assert (tx.history.count(), tx.history.count(since=NOW + timedelta(minutes=2))) == (3, 2)


def test_a_lead_is_found_by_its_id_its_conversations_or_part_of_a_name_or_address(store: SqlStore) -> None:
    pat = lead("l_pat", contact=Contact(name="Pat 100%", email="pat@example.com"))
    sam = lead("l_sam", contact=Contact(name="Sam", email="sam_s@example.com"), test=True)
    with store.begin() as tx:
        for one in (pat, sam, lead("l_gone")):
            tx.leads.save(one)
        tx.leads.join("l_gone", "l_pat")

        def ids(text: str) -> set[str]:
            return {one.id for one in tx.history.search(text, most=5)}

        for text in ("l_pat", "c_of_l_pat", "l_gone", "c_of_l_gone", "PAT", "0%", "pat@"):
            assert ids(text) == {"l_pat"}, text
        assert ids("m_s") == {"l_sam"}
        assert ids("example.com") == {"l_pat"}  # tests only where there is nobody else
        assert ids("nobody") == ids("p%t") == ids("\\") == set()
        assert len(tx.history.search("example", most=1)) == 1

"""Soft facts are kept whole with the lead, and leads from before there were any are read."""

from __future__ import annotations

from dataclasses import replace

from banter.leads.facts import Facts, Labelled, Mail, Measure, Named, Pain, Place, Product, Role, Size
from banter.leads.ports import Store
from banter.leads.reading import Contact
from banter.store.encoding import lead_from_json, lead_to_json
from scoring.model import Evidence
from tests.store.values import lead

WORDS = (Evidence("CFO", 0, 3, "role"),)
WHOLE = Facts(
    role=Role("CFO", "executive", "finance", WORDS),
    company=Named("Harper & Sons", WORDS),
    sizes=(Size("employees", 40, None, "small", WORDS), Size("trucks", 3, 3)),
    industry=Labelled("legal", WORDS),
    place=Place("GB", "England", "Leeds", "said", WORDS),
    tools=(Product("HubSpot", "leaving", WORDS),),
    competitors=(Product("Example Close", "comparing"),),
    objections=(Labelled("price", WORDS),),
    urgency=Labelled("high", WORDS),
    pains=(Pain("billing", (Measure(4000.0, None, "USD", "month"), Measure(5.0, 10.0, "hours"))), Pain(None)),
    mail=Mail("gmial.com", "free", "pat@gmail.com"),
)


def test_facts_come_back_as_they_were_kept(any_store: Store) -> None:
    kept = lead(facts=WHOLE, email_check="asked", contact=Contact(email="pat@gmial.com", email_meant="pat@gmail.com"))
    with any_store.begin() as tx:
        tx.leads.save(kept)
    with any_store.begin() as tx:
        assert tx.leads.get(kept.id) == kept


def test_a_lead_kept_before_there_were_facts_has_none() -> None:
    old = lead_to_json(lead())
    del old["facts"], old["email_check"], old["contact"]["email_meant"]
    assert lead_from_json(old) == lead()


def test_a_fact_that_a_newer_version_adds_is_passed_over() -> None:
    newer = lead_to_json(lead(facts=WHOLE))
    newer["facts"]["role"]["nickname"] = "the boss"
    newer["facts"]["shoe_size"] = 44
    assert lead_from_json(newer) == replace(lead(), facts=WHOLE)

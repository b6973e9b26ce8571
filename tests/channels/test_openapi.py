"""The document and the routes say the same."""

from __future__ import annotations

from typing import Any

import pytest
from jsonschema import Draft202012Validator
from starlette.routing import Route

from banter import resume_link
from banter.channels.openapi import openapi
from banter.leads.model import Lead
from scoring.model import BANDS, DIMENSIONS, RouteName
from tests.channels.house import ADMIN, House
from tests.channels.test_leads_api import a_lead, save

DOCUMENT = openapi()


def conforms(answer: dict[str, Any], name: str) -> None:
    schema = {"$ref": f"#/components/schemas/{name}", "components": DOCUMENT["components"]}
    Draft202012Validator(schema).validate(answer)


def test_every_route_is_described_and_nothing_else_is(house: House) -> None:
    pages = {"/", "/chat", "/try", "/widget.js", "/static/{name}", "/resume/", "/resume/{token}"}
    pages.add("/widget/texts/{language}.json")
    served = {
        (route.path, method.lower())
        for route in house.app.routes
        if isinstance(route, Route) and route.path not in pages
        for method in (route.methods or ())
        if method != "HEAD"
    }
    described = {(path, method) for path, methods in DOCUMENT["paths"].items() for method in methods}
    assert served == described


def test_the_document_is_served_to_everybody(house: House) -> None:
    answer = house.client.get("/api/openapi.json")
    assert answer.json() == DOCUMENT
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


def test_the_answers_are_as_described(house: House) -> None:
    begun = house.client.post("/api/conversations", json={}).json()
    conforms(begun, "Begun")
    headers = {"Authorization": f"Bearer {begun['token']}"}
    conforms(house.say(begun["id"], headers, "hello").json(), "Reply")
    conforms(house.client.get(f"/api/conversations/{begun['id']}", headers=headers).json(), "Reply")
    conforms(house.client.post(f"/api/conversations/{begun['id']}/resume", headers=headers).json(), "Reply")
    asked = {"email": "pat@example.com"}
    mailed = house.client.post(f"/api/conversations/{begun['id']}/transcript", json=asked, headers=headers)
    conforms(mailed.json(), "Reply")
    link = resume_link.make(begun["id"], house.clock[0], house.settings.secret)
    conforms(house.client.post("/api/conversations/by-link", json={"link": link}).json(), "Begun")
    conforms(house.client.get("/api/leads").json(), "Error")
    save(house, a_lead(), Lead("l_2", "c_2", "web", "UTC", a_lead().created_at, a_lead().updated_at))
    for lead in ("l_1", "l_2"):
        conforms(house.client.get(f"/api/leads/{lead}", headers={"Authorization": f"Bearer {ADMIN}"}).json(), "Lead")


def test_the_names_are_those_of_the_labels() -> None:
    schemas = DOCUMENT["components"]["schemas"]
    bands = schemas["Lead"]["properties"]["answers"]["properties"]["budget"]["properties"]["band"]["enum"]
    assert set(bands) == {band for d in DIMENSIONS for band in BANDS[d]} | {"declined", "unclear"}
    route = schemas["Lead"]["properties"]["route"]["anyOf"][0]["properties"]["name"]["enum"]
    assert set(route) == set(RouteName.__args__)  # type: ignore[attr-defined]


def test_every_reference_leads_somewhere() -> None:
    def references(part: Any) -> list[str]:
        if isinstance(part, dict):
            here = [part["$ref"]] if "$ref" in part else []
            return here + [r for value in part.values() for r in references(value)]
        return [r for value in part for r in references(value)] if isinstance(part, list) else []

    found = {reference.rpartition("/")[2] for reference in references(DOCUMENT)}
    assert found <= set(DOCUMENT["components"]["schemas"])
    assert found == {"Error", "Message", "Begun", "Reply", "Lead", "Facts"}


@pytest.mark.parametrize("path", sorted(DOCUMENT["paths"]))
def test_every_operation_has_a_sentence_and_a_good_answer(path: str) -> None:
    for operation in DOCUMENT["paths"][path].values():
        assert operation["summary"].endswith((".", "?"))
        assert {"200", "201"} & set(operation["responses"])

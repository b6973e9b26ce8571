"""Requests made up from the document: nothing that it allows, and nothing that it forbids, makes the edge fail."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import response_schema_conformance, status_code_conformance

from banter.channels.limits import Limits, Rate
from banter.channels.openapi import openapi
from tests.channels.house import ADMIN, a_house
from tests.channels.test_events import Running

pytestmark = pytest.mark.slow  # some hundred requests

schema = schemathesis.openapi.from_dict(openapi())
_FREE = Rate(1e6, 10**6)


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    limits = Limits(conversation=_FREE, address=_FREE, opening=_FREE, stream_seconds=0.0)
    running = Running(a_house(tmp_path_factory.mktemp("fuzz"), limits=limits))
    yield running
    running.client.close()
    running.stop()
    running.house.store.close()


@schema.parametrize()
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck), database=None, derandomize=True)
def test_made_up_requests_are_answered_as_the_document_says(case: schemathesis.Case, running: Running) -> None:
    conversation, token = running.begin()
    headers = {"Authorization": f"Bearer {ADMIN if '/leads' in case.path else token}"}
    if "/conversations/" in case.path:
        case.path_parameters["id"] = conversation
    response = case.call(base_url=f"http://127.0.0.1:{running.port}", headers=headers)
    case.validate_response(response, checks=[not_a_server_error, status_code_conformance, response_schema_conformance])

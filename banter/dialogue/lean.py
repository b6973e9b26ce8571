"""What Rasa does over and over in a turn, done once. Each piece says what it replaces and why that is safe.

Rasa 3.6.21 is pinned and will have no successor that these could break under.
"""

from __future__ import annotations

import functools
import gc
import logging
from collections.abc import Mapping, Sequence
from typing import Any

import structlog
from rasa.core.actions.action import RemoteAction
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.shared.core.events import Event


def make_lean() -> None:
    """Once per process, before an agent is loaded."""
    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING), cache_logger_on_first_use=True
    )
    logging.getLogger("rasa").setLevel(logging.ERROR)
    # Rasa checks the answer of an action server against a JSON schema that it compiles anew each time: most of a turn.
    # The actions run in this process, and the SDK's executor has checked their events already.
    RemoteAction._validate_action_result = lambda self, result: True
    # An event's class is looked up by walking all classes of events; no class is added after Rasa was imported.
    if not hasattr(Event.resolve_by_type, "cache_info"):
        Event.resolve_by_type = staticmethod(functools.lru_cache(maxsize=None)(Event.resolve_by_type))


def spare_the_collector() -> None:
    """Rasa and TensorFlow leave some million objects that live as long as the process. Looking through them for rubbish
    stops every thread for tens of milliseconds, and finds none."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)  # a turn makes some ten thousand objects, nearly all gone with it


class PlainRunner:
    """Stands in for Rasa's runner of its prediction graph, which hands each of a dozen small steps to Dask's scheduler.

    Same nodes, same inputs, in an order that is worked out once per target.
    """

    def __init__(self, runner: DaskGraphRunner) -> None:
        self._nodes = runner._instantiated_nodes
        self._schema = runner._graph_schema
        self._orders: dict[tuple[str, ...], list[tuple[str, tuple[str, ...]]]] = {}

    def run(self, inputs: Mapping[str, Any] | None = None, targets: Sequence[str] | None = None) -> dict[str, Any]:
        wanted = tuple(targets or self._schema.target_names)
        if wanted not in self._orders:
            self._orders[wanted] = self._order(wanted)
        results: dict[str, tuple[str, Any]] = {name: (name, value) for name, value in (inputs or {}).items()}
        for name, needs in self._orders[wanted]:
            results[name] = self._nodes[name](*(results[need] for need in needs))
        return {name: results[name][1] for name in wanted}

    def _order(self, wanted: tuple[str, ...]) -> list[tuple[str, tuple[str, ...]]]:
        nodes = self._schema.minimal_graph_schema(list(wanted)).nodes
        order: list[tuple[str, tuple[str, ...]]] = []
        done: set[str] = set()

        def add(name: str) -> None:
            if name in done or name not in nodes:  # what is no node is an input
                return
            done.add(name)
            needs = tuple(nodes[name].needs.values())
            for need in needs:
                add(need)
            order.append((name, needs))

        for name in wanted:
            add(name)
        return order

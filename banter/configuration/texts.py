"""Rasa's files as the owner edits them: what the bot says (`domain.yml`, and in other languages `texts/`) and the
examples it learns from (`data/`).

Rasa says late, or not at all, that a text is missing or holds a {placeholder} that nothing fills: the bot is silent
then.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from banter.configuration.document import Entry, read_document
from banter.configuration.faults import Fault, suggestion
from banter.configuration.section import Section
from banter.leads.saying import ABOUT, COMPANY_VALUES, FORM_SLOTS, RESPONSES, VALUES, WORDINGS
from scoring.model import CRITERIA

DOMAIN = "domain.yml"
TEXTS = "texts"
ACTIONS = ("validate_lead_form", "action_ask_meeting_time", "action_close_lead")
PLACEHOLDER = re.compile(r"\{([^{}]*)\}")


def check_texts(root: Path) -> list[Fault]:
    """Every fault of `domain.yml` and of the YAML files under `data/`, by file and line; of `texts/`, what keeps them
    from being read."""
    domain, faults = read_document(root / DOMAIN, DOMAIN)
    if domain is not None:
        section = Section(DOMAIN, domain, (), faults)
        _actions_and_form(section)
        responses = section.below("responses", "utter_greet: [{text: Hello}]")
        if responses is not None:
            check_responses(responses)
            faults = [*section.faults, *(f for f in responses.faults if f not in section.faults)]
        else:
            faults = section.faults
    of_widget = sorted((root / TEXTS / "widget").glob("*.json"))  # JSON is YAML, too
    own = (*sorted((root / "data").rglob("*.yml")), *sorted((root / TEXTS).glob("*.yml")), root / "config.yml")
    for file in (*own, *of_widget):
        faults = [*faults, *read_document(file, file.relative_to(root).as_posix())[1]]
    return sorted(set(faults))


def _actions_and_form(domain: Section) -> None:
    listed = [entry.value for entry in domain.items("actions", "[validate_lead_form]")]
    for entry in domain.items("actions", "[validate_lead_form]"):
        if entry.value not in ACTIONS:
            domain.fault(
                f"unknown action {entry.value}; {suggestion(str(entry.value), ACTIONS)}", "actions", line=entry.line
            )
    for name in ACTIONS:
        if name not in listed:
            domain.fault(f"{name} is missing from the list; without it nothing is heard or asked", "actions")
    wanted = list(FORM_SLOTS.values())
    forms: Any = domain.entry.plain().get("forms")
    form = forms.get("lead_form") if isinstance(forms, Mapping) else None
    slots = form.get("required_slots") if isinstance(form, Mapping) else None
    if not isinstance(slots, list) or sorted(map(str, slots)) != sorted(wanted):
        domain.fault(f"lead_form has to require {', '.join(wanted)}", "forms")


def check_responses(responses: Section) -> None:
    """Note every response that is missing or unknown, every text that is none, and every placeholder nothing fills."""
    responses.only(*RESPONSES, what="response")
    for name in RESPONSES:
        if name not in responses.names:
            if name not in responses.misspelt:
                responses.fault(f"{name} is missing; the bot would say nothing there", name)
            continue
        variations = list(_variations(responses, name))
        question = name.removeprefix("utter_ask_")
        allowed = (
            () if name.startswith("utter_ask_") or name == "utter_default" else (*COMPANY_VALUES, *VALUES.get(name, ()))
        )
        for entry, variation in variations:
            wording = str(_conditions(variation).get("wording")) if question in WORDINGS else ""
            named = ABOUT.get(wording, ())
            _text(responses, name, entry, variation, (*allowed, *named))
        if question in WORDINGS:
            _occasions(responses, name, question, [variation for _, variation in variations])


def _variations(responses: Section, name: str) -> Iterator[tuple[Entry, Mapping[str, Any]]]:
    entry = responses.names[name]
    if not isinstance(entry.value, tuple) or not entry.value:
        responses.fault('must be a list of texts, each as - text: "..."', name)
        return
    for item in entry.value:
        plain = item.plain()
        if isinstance(plain, Mapping):
            yield item, plain
        else:
            responses.fault('each variation is written as - text: "..."', name, line=item.line)


def _text(responses: Section, name: str, entry: Entry, variation: Mapping[str, Any], allowed: tuple[str, ...]) -> None:
    text = variation.get("text")
    if not isinstance(text, str) or not text.strip():
        responses.fault("has a variation without a text", name, line=entry.line)
        return
    for placeholder in PLACEHOLDER.findall(text):
        if placeholder not in allowed:
            mend = suggestion(placeholder, allowed) if allowed else "this text can hold none"
            responses.fault(f"nothing fills {{{placeholder}}}; {mend}", name, line=entry.line)
    if re.search(r"[{}]", PLACEHOLDER.sub("", text)):
        responses.fault("has a { or } that belongs to no placeholder", name, line=entry.line)


def _occasions(responses: Section, name: str, question: str, variations: list[Mapping[str, Any]]) -> None:
    """Each framework has a text for each occasion, for channels that have none of their own. A text without a condition
    on the framework is for both."""
    there = set()
    for variation in variations:
        if "channel" not in variation:
            conditions = _conditions(variation)
            there |= {(f, conditions.get("wording")) for f in CRITERIA if conditions.get("framework", f) == f}
    for framework in CRITERIA:
        for wording in WORDINGS[question]:
            if (framework, wording) not in there:
                responses.fault(f"has no text for framework {framework}, wording {wording}", name)


def _conditions(variation: Mapping[str, Any]) -> dict[Any, Any]:
    """The slots that a variation is bound to, with their values."""
    return {c.get("name"): c.get("value") for c in variation.get("condition") or () if isinstance(c, Mapping)}

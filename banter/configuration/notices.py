"""What is said by SMS without the dialogue: the responses utter_sms_... of domain.yml and texts/, filled and ready."""

from __future__ import annotations

from pathlib import Path

from banter.configuration.document import read_document
from banter.configuration.faults import PlaybookError
from banter.configuration.occasions import SMS, Occasion, fitting, variations
from banter.configuration.section import Section
from banter.configuration.texts import DOMAIN, PLACEHOLDER, TEXTS
from banter.leads.playbook import Company
from banter.leads.saying import SMS_NOTICES, company_values


def sms_notices(root: Path, company: Company) -> dict[str, tuple[str, ...]]:
    """By name, "stopped" for utter_sms_stopped, in the company's language where there are texts in it and in English
    otherwise. Raises PlaybookError where one is missing or a file cannot be read."""
    language = company.locale.replace("_", "-").partition("-")[0].lower()
    values = company_values(company)
    found: dict[str, tuple[str, ...]] = {}
    faults = []
    for file in (root / DOMAIN, root / TEXTS / f"{language}.yml"):
        if file != root / DOMAIN and not file.exists():
            continue
        document, wrong = read_document(file, file.relative_to(root).as_posix())
        faults += wrong
        section = Section(file.name, document, (), faults).below("responses", "...") if document is not None else None
        for name in SMS_NOTICES if section is not None else ():
            those = fitting(variations(section.names[name]), Occasion({}, SMS)) if name in section.names else []
            texts = tuple(PLACEHOLDER.sub(lambda hole: values.get(hole[1], ""), one.text) for one in those if one.text)
            if texts:
                found[name.removeprefix("utter_sms_")] = texts
            elif file == root / DOMAIN:
                section.fault(f"{name} is missing; who stops by SMS would be told nothing", name)
    if faults:
        raise PlaybookError(tuple(faults))
    return found

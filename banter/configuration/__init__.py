"""The playbook: what the owner of the business decides, read from YAML, with every fault named by file and line."""

from banter.configuration.checks import check, load_playbook
from banter.configuration.faults import Fault, PlaybookError, report
from banter.configuration.joining import joining_words, lint_joining
from banter.configuration.notices import sms_notices
from banter.configuration.rubric_findings import rubric_warnings
from banter.configuration.texts import check_texts
from banter.configuration.wording import lint_playbook, lint_texts

__all__ = [
    "Fault",
    "PlaybookError",
    "check",
    "check_texts",
    "joining_words",
    "lint_joining",
    "lint_playbook",
    "lint_texts",
    "load_playbook",
    "report",
    "rubric_warnings",
    "sms_notices",
]

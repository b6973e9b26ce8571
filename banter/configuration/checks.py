"""A folder -> a playbook, or every fault in it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from dotenv.parser import parse_stream

from banter.configuration import channels, company, conversation, icp, knowledge, market, nurture, rubric, team
from banter.configuration.document import read_document
from banter.configuration.faults import Fault, PlaybookError
from banter.configuration.nurture import CheckStep
from banter.configuration.section import Section
from banter.leads.playbook import Channels, Knowledge, Playbook
from banter.settings import settings_problems
from scoring.fit import Profile

FILES = (
    company.FILE,
    conversation.FILE,
    rubric.FILE,
    team.FILE,
    nurture.FILE,
    market.FILE,
    icp.FILE,
    knowledge.FILE,
    channels.FILE,
)
#: Files that need not be there.
OPTIONAL = (icp.FILE, knowledge.FILE, channels.FILE)


def load_playbook(folder: Path, *, check_step: CheckStep | None = None) -> Playbook:
    """The playbook in `folder`. Raises PlaybookError with every fault of every file."""
    playbook, faults = _read(folder, check_step)
    if playbook is None:
        raise PlaybookError(tuple(faults))
    return playbook


def check(
    folder: Path,
    settings_env: Mapping[str, str],
    *,
    root: Path | None = None,
    env_file: Path | None = None,
    check_step: CheckStep | None = None,
) -> list[Fault]:
    """Every fault of the playbook in `folder` and of the settings, by file and line. Changes nothing.

    `root` is where relative settings start (else the folder above `folder`); `env_file` the `.env` that was read, so
    that a faulty setting gets its line there.
    """
    faults = _read(folder, check_step)[1]
    lines, wrong = _env_lines(env_file)
    faults.extend(wrong)
    for name, mend in settings_problems(settings_env, root=root or folder.absolute().parent):
        if name == "BANTER_PLAYBOOK":
            continue  # `folder` is what was asked for, and it is checked above
        if env_file is not None and name in lines:
            faults.append(Fault(shown(env_file), lines[name], name, mend))
        else:
            faults.append(Fault("environment", 0, name, mend))
    return sorted(faults)


def shown(path: Path) -> str:
    """A path as an error message names it: from where the person stands, when it is below there."""
    absolute = path.absolute()
    try:
        return absolute.relative_to(Path.cwd()).as_posix()
    except ValueError:
        return absolute.as_posix()


def _read(folder: Path, check_step: CheckStep | None) -> tuple[Playbook | None, list[Fault]]:
    if not folder.is_dir():
        return None, [Fault(shown(folder), 0, "", "there is no such folder; set BANTER_PLAYBOOK to the playbook's")]
    faults: list[Fault] = []
    sections: dict[str, Section | None] = {}
    for name in FILES:
        if name in OPTIONAL and not (folder / name).exists():
            sections[name] = None
            continue
        file = shown(folder / name)
        entry, wrong = read_document(folder / name, file)
        faults.extend(wrong)
        sections[name] = None if entry is None else Section(file, entry, ())
    faults.extend(_strangers(folder))

    part = sections[company.FILE]
    about, hours, zone = company.read_company(part) if part else (None, (), None)
    talk = conversation.read_conversation(part) if (part := sections[conversation.FILE]) else None
    people = team.read_team(part, hours, zone) if (part := sections[team.FILE]) else None
    sequences = nurture.read_sequences(part, check_step) if (part := sections[nurture.FILE]) else {}
    sold_to = market.read_market(part) if (part := sections[market.FILE]) else None
    answered = knowledge.read_knowledge(part) if (part := sections[knowledge.FILE]) else Knowledge()
    met = channels.read_channels(part) if (part := sections[channels.FILE]) else Channels()
    part = sections[icp.FILE]
    profile = icp.read_icp(part, sold_to) if part and sold_to else Profile()
    rubrics = rubric.read_rubrics(part, profile) if (part := sections[rubric.FILE]) else {}
    if (part := sections[rubric.FILE]) and not profile.traits:
        rubric.without_profile(part, rubrics)
    for part in sections.values():
        faults.extend(part.faults if part else ())
    if faults or about is None or talk is None or people is None or sold_to is None or met is None:
        return None, sorted(set(faults))
    return Playbook(about, talk, rubrics, people, sequences, sold_to, answered, met, profile), []


def _strangers(folder: Path) -> list[Fault]:
    """YAML files that nothing reads: a renamed file would else be ignored without a word."""
    return [
        Fault(shown(path), 0, "", f"is not read; the playbook's files are {', '.join(FILES)}")
        for path in sorted(folder.iterdir())
        if path.suffix in (".yml", ".yaml") and path.name not in FILES
    ]


def _env_lines(env_file: Path | None) -> tuple[dict[str, int], list[Fault]]:
    """The line of each variable in a `.env`, the last one when it stands there twice: that is the one that counts.
    And its lines that are no settings."""
    if env_file is None or not env_file.is_file():
        return {}, []
    lines: dict[str, int] = {}
    wrong: list[Fault] = []
    with env_file.open(encoding="utf-8", errors="replace") as stream:
        for found in parse_stream(stream):
            line = _line(found.original.string, found.original.line)
            if found.error:
                mend = "is not a setting; write NAME=value, with quotes around a value that has spaces"
                wrong.append(Fault(shown(env_file), line, "", mend))
            elif found.key:
                lines[found.key] = line
    return lines, wrong


def _line(original: str, first: int) -> int:
    """A binding begins with the blank lines above it; the variable stands below them."""
    return first + len(original[: len(original) - len(original.lstrip())].splitlines())

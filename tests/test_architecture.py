"""Dependencies point one way; this table says who may import whom, and this test reads the imports."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent

#: What a part may import of ours, beside itself. The longest matching name decides; a pure file has a row of its own.
MAY_IMPORT: dict[str, set[str]] = {
    "scoring": set(),
    "banter.leads": {"scoring"},
    "banter.settings": set(),
    "banter.resume_link": set(),
    "banter.linked_pages": set(),
    "banter.phone_numbers": set(),
    "banter.configuration": {"banter.leads", "banter.settings", "scoring"},
    "banter.extraction": {"banter.leads", "scoring"},
    "banter.store": {"banter.leads", "scoring"},
    "banter.booking": {"banter.leads", "banter.linked_pages", "banter.resume_link", "scoring"},
    "banter.booking.slots": {"banter.leads"},
    "banter.booking.choose": {"banter.leads"},
    "banter.booking.words": {"banter.leads"},
    "banter.joining": {"banter.leads", "banter.linked_pages", "banter.store"},
    "banter.nurture": {"banter.leads", "banter.linked_pages", "banter.resume_link", "scoring"},
    "banter.nurture.track": {"scoring"},
    "banter.nurture.clicks": {"banter.leads"},
    "banter.nurture.render": {"banter.leads", "scoring"},
    "banter.slack": {"banter.explaining", "banter.leads", "banter.store", "scoring"},
    "banter.slack.markup": set(),
    "banter.slack.blocks": set(),
    "banter.slack.answer": set(),
    "banter.slack.as_text": set(),
    "banter.slack.card": {"banter.explaining", "banter.leads", "scoring"},
    "banter.slack.alert": {"banter.leads", "scoring"},
    "banter.overriding": {"banter.leads", "banter.store"},
    "banter.noticing": {"banter.leads", "banter.store"},
    "banter.rubrics": {"banter.configuration", "banter.leads", "banter.store", "scoring"},
    "banter.explaining": {"banter.leads", "scoring"},
    "banter.explaining.stored": {"banter.leads", "banter.store"},
    "banter.explaining.terminal": {"banter.leads", "banter.store"},
    "banter.records": {"banter.bootstrap", "banter.leads", "banter.settings", "banter.store"},
    "banter.lead_commands": {"banter", "scoring"},
    "banter.rubric_commands": {"banter", "scoring"},
    "banter.importing": {"banter.extraction", "banter.leads", "banter.store"},
    "banter.import_commands": {"banter", "scoring"},
    "banter.services": {"banter.booking", "banter.nurture", "banter.leads", "banter.slack"},
    "banter.turns": {"banter.leads", "banter.store", "scoring"},
    "banter.dialogue": {"banter.turns", "banter.leads", "banter.store", "scoring"},
    "banter.dialogue.model": set(),
    "banter.dialogue.phrasing": {"banter.leads", "banter.turns"},
    "banter.dialogue.translations": set(),
    "banter.bootstrap": {
        "banter.configuration",
        "banter.dialogue",
        "banter.extraction",
        "banter.importing",
        "banter.joining",
        "banter.leads",
        "banter.noticing",
        "banter.nurture",
        "banter.services",
        "banter.settings",
        "banter.slack",
        "banter.store",
        "banter.turns",
    },
    "actions": {"banter.bootstrap", "banter.turns", "banter.leads"},
    "banter.channels": {
        "banter.explaining",
        "banter.slack",
        "banter.leads",
        "banter.noticing",
        "banter.phone_numbers",
        "banter.resume_link",
        "banter.store",
        "banter.settings",
        "scoring",
    },
    "banter.dashboard": {
        "banter.explaining",
        "banter.overriding",
        "banter.slack",
        "banter.leads",
        "banter.store",
        "banter.settings",
        "scoring",
    },
    "banter.worker": {"banter.slack", "banter.leads", "banter.phone_numbers", "banter.store", "banter.settings"},
    "banter.edge": {"banter.channels", "banter.leads", "banter.noticing", "banter.store", "banter.settings"},
    "banter.serving": {"banter"},
    "banter.terminal": {"banter.bootstrap", "banter.dialogue", "banter.leads", "banter.store"},
    "banter.simulate": {
        "banter.bootstrap",
        "banter.dialogue",
        "banter.leads",
        "banter.settings",
        "banter.store",
    },
    "banter.simulate.model": set(),
    "banter.simulate.visitors": set(),
    "banter.simulate.policy": set(),
    "banter.simulate.wording": set(),
    "banter.simulate.trouble": set(),
    "banter.simulate.figures": set(),
    "banter.cli": {"banter"},
    "banter.trying": {"banter"},
    "banter.trying_slack": {"banter"},
    "banter.trying_sms": {"banter"},
    "banter.__main__": {"banter.cli"},
    "banter": set(),
}
OURS = ("scoring", "banter", "actions")
#: Pure code: what it does depends on its arguments alone.
PURE = (
    "scoring",
    "banter.leads",
    "banter.booking.slots",
    "banter.booking.choose",
    "banter.nurture.track",
    "banter.nurture.clicks",
    "banter.slack.markup",
    "banter.slack.blocks",
    "banter.slack.answer",
    "banter.slack.as_text",
    "banter.slack.card",
    "banter.slack.alert",
    "banter.explaining.changed",
    "banter.explaining.explain",
    "banter.explaining.explanation",
    "banter.explaining.marks",
    "banter.explaining.transcript",
    "banter.explaining.words",
    "banter.simulate.visitors",
    "banter.simulate.policy",
    "banter.simulate.wording",
    "banter.simulate.trouble",
    "banter.simulate.figures",
)
IMPURE_MODULES = {
    "requests",
    "sqlalchemy",
    "rasa",
    "rasa_sdk",
    "starlette",
    "os",
    "socket",
    "smtplib",
    "random",
    "uuid",
}


def modules() -> Iterator[tuple[str, Path]]:
    for top in OURS:
        for path in sorted((ROOT / top).rglob("*.py")):
            parts = path.relative_to(ROOT).with_suffix("").parts
            yield ".".join(parts[:-1] if parts[-1] == "__init__" else parts), path


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def row(module: str) -> str:
    names = [name for name in MAY_IMPORT if module == name or module.startswith(name + ".")]
    assert names, f"{module} has no row in MAY_IMPORT: say what it may import"
    return max(names, key=len)


def is_within(imported: str, part: str) -> bool:
    return imported == part or imported.startswith(part + ".")


def test_imports_point_one_way() -> None:
    wrong = []
    for module, path in modules():
        mine = row(module)
        home = mine if mine.count(".") < 2 else mine.rsplit(".", 1)[0]
        for imported in imports(path):
            if not any(is_within(imported, top) for top in OURS):
                continue
            allowed = MAY_IMPORT[mine] | ({home} if home != "banter" else set())
            if imported == "banter.bootstrap" or imported.startswith("banter.__version__"):
                imported = "banter.bootstrap" if imported == "banter.bootstrap" else "banter.__version__"
            if imported == "banter.__version__" or any(is_within(imported, part) for part in allowed):
                continue
            wrong.append(f"{module} imports {imported}")
    assert not wrong, "\n".join(wrong)


def test_pure_files_touch_nothing_outside() -> None:
    wrong = [
        f"{module} imports {imported}"
        for module, path in modules()
        if any(is_within(module, pure) for pure in PURE)
        for imported in imports(path)
        if imported.split(".")[0] in IMPURE_MODULES
    ]
    assert not wrong, "\n".join(wrong)


def test_every_row_of_the_table_is_about_something_that_exists() -> None:
    names = [name for name, _ in modules()]
    stale = [part for part in MAY_IMPORT if not any(is_within(name, part) for name in names)]
    assert not stale, stale


def test_actions_stay_thin() -> None:
    fat = []
    for path in (ROOT / "actions").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.AsyncFunctionDef) and node.name == "run":
                lines = (node.end_lineno or node.lineno) - node.lineno
                if lines > 15:
                    fat.append(f"{path.name}:{node.lineno} has {lines} lines")
    assert not fat, fat

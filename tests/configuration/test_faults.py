"""Each mistake an owner can make is named by file, line, key and mend; and all of them at once."""

from __future__ import annotations

import pytest

from banter.configuration import Fault, PlaybookError, check, load_playbook, report
from banter.nurture.render import check_step
from tests.configuration.folder import Folder

#: file, what stands there, what the owner makes of it, part of the line that is named, key, part of the message
MISTAKES: list[tuple[str, str, str, str, str, str]] = [
    # names
    ("company.yml", "currency: GBP", "curency: GBP", "curency", "curency", "unknown key; did you mean currency?"),
    ("company.yml", "locale: en-GB ", "colour: en ", "colour", "colour", "unknown key; use one of name, product"),
    ("company.yml", "name: Northlight", "# Northlight", "", "name", "is missing; add e.g. name: Northlight Ledger"),
    ("company.yml", "locale: en-GB ", "currency: EUR ", "currency: GBP", "currency", "is given twice, first in line"),
    ("company.yml", "currency: GBP ", "currency: ", "currency:", "currency", "has no value; write e.g. currency: GBP"),
    # single values
    ("company.yml", "name: Northlight Ledger", "name: 2026", "name:", "name", 'put it in quotes: "2026"'),
    ("company.yml", "name: Northlight Ledger", "name: [A, B]", "name:", "name", "must be a text, not a list"),
    ("company.yml", "name: Northlight Ledger", "name: ' '", "name:", "name", "is empty"),
    ("company.yml", "Europe/London", "Europe/Londn", "timezone", "timezone", "did you mean Europe/London?"),
    ("company.yml", "Europe/London", "new york", "timezone", "timezone", "did you mean America/New_York?"),
    ("company.yml", "Europe/London", "GMT+25", "timezone", "timezone", "use a name like Europe/London"),
    ("company.yml", "currency: GBP", "currency: gbp", "currency", "currency", "write it in capitals: GBP"),
    ("company.yml", "currency: GBP", "currency: $", "currency", "currency", "a currency code of three letters"),
    ("company.yml", "locale: en-GB ", "locale: English ", "locale", "locale", "must be a language, e.g. en or en-GB"),
    ("company.yml", "hello@example.com", "hello@example", "email:", "email", "must be an e-mail address"),
    ("company.yml", "+44 20 7946 0123", "020 7946 0123", "phone", "phone", "with its country, e.g. +44 20"),
    ("company.yml", "+44 20 7946 0123", "+44 20 7946 012345", "phone", "phone", "too few or too many digits"),
    ("company.yml", "https://northlight.example/ ", "northlight.example ", "website", "website", "whole web address"),
    ("company.yml", "2026-12-26", "2026-02-30", "days_off", "days_off.2", "a day that exists"),
    ("company.yml", "2026-12-26", "2026-12-25", "days_off", "days_off", "is in the list twice"),
    ("company.yml", "days_off: [", "days_off: 2026-12-24 # [", "days_off", "days_off", "must be a list"),
    # opening hours
    ("company.yml", "9:00-18:00\n\n", "18:00-9:00\n\n", "friday: 18",
     "hours.monday-friday", "closes at 9:00, before it"),
    ("company.yml", "9:00-18:00\n\n", "9-18\n\n", "friday: 9-18", "hours.monday-friday", "must be a time of day"),
    ("company.yml", "9:00-18:00\n\n", "9:00-24:00\n\n", "friday: 9:00-24", "hours.monday-friday", "write 23:59"),
    ("company.yml", "9:00-18:00\n\n", "9:00\n\n", "friday: 9:00",
     "hours.monday-friday", "an opening and a closing time"),
    ("company.yml", "monday-friday: 9", "mnday-friday: 9", "mnday", "hours.mnday-friday", "did you mean monday?"),
    ("company.yml", "monday-friday: 9", "friday-monday: 9", "friday-m", "hours.friday-monday", "write two lines"),
    ("company.yml", "  monday-friday: 9:00-18:00", "  monday: 9:00-18:00\n  monday-friday: 9:00-12:00",
     "monday-friday: 9:00-12", "hours.monday-friday", "gives monday a second time"),
    ("company.yml", "monday-friday: 9:00-18:00", "friday: [9:00-13:00, 12:00-15:00]",
     "friday: [9", "hours.friday", "12:00 begins before 13:00"),
    ("company.yml", "monday-friday: 9:00-18:00", "friday: closed", "hours:", "hours", "has no open times"),
    # the conversation
    ("conversation.yml", "framework: bant", "framework: bent", "framework:", "framework", "did you mean bant?"),
    ("conversation.yml", "most_questions: 6", "most_questions: 7", "most_q", "most_questions", "from 4 to 6"),
    ("conversation.yml", "most_questions: 6", "most_questions: 3", "most_q", "most_questions", "from 4 to 6"),
    ("conversation.yml", "most_questions: 6", "most_questions: six", "most_q", "most_questions", "a whole number"),
    ("conversation.yml", "budget, authority, timeline]", "budget, authority]", "bant: [",
     "order.bant", "leaves out timeline"),
    ("conversation.yml", "budget, authority, timeline]", "budget, need, timeline]", "bant: [",
     "order.bant", "in the list twice"),
    ("conversation.yml", "authority, budget, timeline]", "authority, money, timeline]", "champ: [", "order.champ.3",
     "'money' is called budget here"),
    ("conversation.yml", "bant: [need", "bent: [need", "bent:", "order.bent", "unknown framework; did you mean bant?"),
    ("conversation.yml", "[unclear, someday]", "[unclear, sumday]", "timeline: [unc",
     "probe.timeline.2", "did you mean someday?"),
    ("conversation.yml", "[unclear, someday]", "[declined]", "timeline: [dec", "probe.timeline.1", "never asked again"),
    ("conversation.yml", "  need: [unc", "  ned: [unc", "ned: [", "probe.ned", "unknown key; did you mean need?"),
    ("conversation.yml", "allowed_origins: []", "allowed_origins: [https://a.example/shop]", "allowed_o",
     "allowed_origins.1",
     "must end after the host; write https://a.example"),
    # the rubric
    ("rubric.yml", "approved: 22 ", "aproved: 22 ", "aproved",
     "bant.points.budget.aproved", "unknown band; did you mean approved?"),
    ("rubric.yml", "someday: 3 ", "#", "timeline:", "bant.points.timeline.someday", "is missing; add e.g. someday: 0"),
    ("rubric.yml", "amount: 16 ", "amount: -1 ", " amount: -1", "bant.points.budget.amount", "from 0 to 1000"),
    ("rubric.yml", "amount: 16 ", "amount: 1.5 ", " amount: 1.5", "bant.points.budget.amount", "a whole number"),
    ("rubric.yml", "amount: 16 ", "amount: true ", " amount: true", "bant.points.budget.amount", "a whole number"),
    ("rubric.yml", "    need:\n", "    challenges:\n", "challenges", "bant.points.challenges", "bant calls it need"),
    ("rubric.yml", "none: 0 ", "declined: 0\n      none: 0 ", "declined",
     "bant.points.budget.declined", "leave this line out"),
    ("rubric.yml", "qualified: 75 ", "qualified: 175 ", "qualified: 175",
     "bant.thresholds.qualified", "can never be reached"),
    ("rubric.yml", "warm: 40 ", "warm: 75 ", "warm: 75", "bant.thresholds.warm", "must be below qualified (75)"),
    ("rubric.yml", "warm: 40 ", "worm: 40 ", "worm", "bant.thresholds.worm", "unknown threshold; did you mean warm?"),
    ("rubric.yml", "version: 1", "version: one", "version", "bant.version", "a whole number from 1"),
    ("rubric.yml", "champ:\n", "chomp:\n", "chomp", "chomp", "unknown framework; did you mean champ?"),
    # the team
    ("team.yml", "key: sales-2", "key: sales-1", "solutions@", "reps.2.key", "'sales-1' is taken by the rep in line"),
    ("team.yml", "key: sales-2", "key: Sales 2", "key: Sales 2", "reps.2.key", "small letters, digits"),
    ("team.yml", "solutions@example.com", "solutions at example", "solutions at", "reps.2.email", "an e-mail address"),
    ("team.yml", "saturday-sunday: 10:00-17:00", "saturday-sunday: 17:00-10:00", "17:00-10",
     "reps.1.hours.saturday-sunday",
     "closes at 10:00, before it opens at 17:00"),
    ("team.yml", "    days_off: []", "    holidays: []", "holidays", "reps.2.holidays", "unknown key"),
    ("team.yml", "    days_off: []", "    timezone: Mars/Base", "Mars", "reps.2.timezone", "unknown time zone"),
    ("team.yml", "call: 30m", "call: -30m", "call:", "call", "must not be negative"),
    ("team.yml", "call: 30m", "call: 30", "call:", "call", "with m, h, d or w, e.g. 30m"),
    ("team.yml", "call: 30m", "call: 0m", "call:", "call", "must be from 5m to 8h"),
    ("team.yml", "call: 30m", "call: 32m", "call:", "call", "must be a multiple of 5 minutes"),
    ("team.yml", "buffer: 10m", "buffer: 7m", "buffer:", "buffer", "must be a multiple of 5 minutes"),
    ("team.yml", "horizon: 14d", "horizon: 1d\nnotise: 1h", "notise", "notise", "did you mean"),
    ("team.yml", "notice: 1h ", "notice: 20d ", "horizon", "horizon", "must be longer than notice"),
    ("team.yml", "offered: 4", "offered: 0", "offered", "offered", "from 1 to 10"),
    ("team.yml", "alert_webhooks: []", "alert_webhooks: [hook]", "alert_web",
     "alert_webhooks.1", "a whole web address"),
    # the mails
    ("nurture.yml", "after: 1d", "after: soon", "after: soon", "nurture_warm.steps.1.after", "with m, h, d or w"),
    ("nurture.yml", "after: 1d", "after: -1d", "after: -1d", "nurture_warm.steps.1.after", "must not be negative"),
    ("nurture.yml", "after: 1d", "after: 20d", "after: 14d",
     "nurture_warm.steps.2.after", "comes before the step above"),
    ("nurture.yml", "key: follow-up", "key: guide", "key: guide",
     "nurture_warm.steps.2.key", "'guide' is taken by the step"),
    ("nurture.yml", "nurture_cold:", "nurture_cool:", "nurture_cool", "nurture_cool", "did you mean nurture_cold?"),
    ("nurture.yml", "subject: Two weeks on", "title: Two weeks on", "title",
     "nurture_warm.steps.2.title", "unknown key"),
    ("nurture.yml", "    - {key: first", "#   - {key: first", "steps:", "nurture_cold.steps", "has no value"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "named", "key", "says"), MISTAKES, ids=[m[4] for m in MISTAKES])
def test_a_mistake_is_named_with_its_line_and_mend(
    folder: Folder, file: str, old: str, new: str, named: str, key: str, says: str
) -> None:
    folder.change(file, old, new)
    faults = check(folder.path, {})
    mine = [fault for fault in faults if fault.key == key]
    assert mine, report(faults)
    assert mine[0].file == f"playbook/{file}"
    assert says in mine[0].message
    assert {fault.file for fault in faults} == {f"playbook/{file}"}
    if named and "twice, first" not in says and "is taken" not in says and named != "steps":
        text = (folder.path / file).read_text(encoding="utf-8").splitlines()
        assert named in text[mine[0].line - 1]


def test_the_report_reads_as_a_compiler_would_say_it(folder: Folder) -> None:
    folder.change("rubric.yml", "approved: 22 ", "aproved: 22 ")
    line = folder.line("rubric.yml", "aproved")
    assert report(check(folder.path, {})) == (
        f"playbook/rubric.yml:{line}: bant.points.budget.aproved: unknown band; did you mean approved?"
    )


def test_every_mistake_in_every_file_is_named_at_once(folder: Folder) -> None:
    files = {}
    for file, old, new, key in [
        ("company.yml", "currency: GBP", "currency: XYZ", "currency"),
        ("company.yml", "hello@example.com", "hello", "email"),
        ("conversation.yml", "most_questions: 6", "most_questions: 15", "most_questions"),
        ("rubric.yml", "approved: 22 ", "aproved: 22 ", "bant.points.budget.aproved"),
        ("rubric.yml", "curious: 2 ", "curious: two ", "bant.points.need.curious"),
        ("rubric.yml", "      shared: 20\n", "      shared: 20\n      shard: 20\n", "champ.points.authority.shard"),
        ("team.yml", "call: 30m", "call: 31m", "call"),
        ("team.yml", "offered: 4", "offered: many", "offered"),
        ("nurture.yml", "after: 14d", "after: later", "nurture_warm.steps.2.after"),
    ]:
        folder.change(file, old, new)
        files[key] = f"playbook/{file}"
    faults = check(folder.path, {})
    assert {fault.key: fault.file for fault in faults} == files
    with pytest.raises(PlaybookError) as caught:
        load_playbook(folder.path)
    assert list(caught.value.faults) == faults
    assert str(caught.value) == report(faults)


def test_a_name_given_twice_is_told_with_both_lines(folder: Folder) -> None:
    folder.change("team.yml", "offered: 4", "offered: 4\noffered: 5")
    first, second = folder.line("team.yml", "offered: 4"), folder.line("team.yml", "offered: 5")
    (fault,) = check(folder.path, {})
    assert (fault.line, fault.message) == (second, f"is given twice, first in line {first}")


def test_lines_of_nested_keys_are_right_below_texts_of_many_lines(folder: Folder) -> None:
    folder.change("company.yml", "  Most teams", "  One more line.\n\n  Most teams")
    folder.change(
        "company.yml", "monday-friday: 9:00-18:00\n\n", "monday-friday:\n    - 9:00-12:00\n    - 13:00-25:00\n\n"
    )
    (fault,) = check(folder.path, {})
    assert fault.line == folder.line("company.yml", "13:00-25:00")


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("call: 30m\n\toffered: 4\n", 2, "a tab indents this line; use spaces"),
        ("call: 30m\nhold: [20m\noffered: 4\n", 3, "is not YAML"),
        ("call: 30m: 40m\n", 1, "put the text in quotes"),
        ("call: @30m\n", 1, "put the text in quotes"),
        ("call: 30m\n---\ncall: 30m\n", 2, "begins a second document"),
        ("call: 'thirty\n", 2, "is not YAML"),
        ("", 1, "must hold `name: value` lines"),
        ("# nothing yet\n", 1, "must hold `name: value` lines"),
        ("- call\n- hold\n", 1, "must hold `name: value` lines"),
        ("call: 30m\nhold: \x00\n", 2, "a character that may not stand in a text file"),
        pytest.param("[" * 500, 0, "is nested too deeply", id="deep"),
    ],
)
def test_a_file_that_is_not_yaml_is_told_with_its_line(folder: Folder, text: str, line: int, says: str) -> None:
    (folder.path / "team.yml").write_text(text, encoding="utf-8")
    (fault,) = check(folder.path, {})
    assert fault.file == "playbook/team.yml"
    assert says in fault.message
    assert fault.line == line


def test_a_file_that_is_not_utf_8_is_told_with_its_line(folder: Folder) -> None:
    (folder.path / "team.yml").write_bytes("call: 30m\n# gr\u00fc\u00dfe\n".encode("latin-1"))
    (fault,) = check(folder.path, {})
    assert (fault.line, fault.message) == (2, "is not UTF-8 text; save the file as UTF-8")


def test_a_missing_file_is_named(folder: Folder) -> None:
    (folder.path / "rubric.yml").unlink()
    assert [(fault.file, fault.line) for fault in check(folder.path, {})] == [("playbook/rubric.yml", 0)]


def test_a_file_that_nothing_reads_is_named_because_it_may_be_a_renamed_one(folder: Folder) -> None:
    (folder.path / "rubrics.yaml").write_text("bant: {}\n", encoding="utf-8")
    (fault,) = check(folder.path, {})
    assert fault.file == "playbook/rubrics.yaml"
    assert "is not read; the playbook's files are company.yml" in fault.message


def test_a_file_that_refers_to_itself_or_grows_without_end_is_refused(folder: Folder) -> None:
    bomb = "a: &a [x, x]\n" + "".join(
        f"{b}: &{b} [*{a}, *{a}, *{a}, *{a}, *{a}, *{a}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    for text in (bomb, "call: &loop [*loop]\n"):
        (folder.path / "team.yml").write_text(text, encoding="utf-8")
        assert any("write the values out instead" in fault.message for fault in check(folder.path, {}))


def test_a_tag_builds_nothing(folder: Folder) -> None:
    folder.change("team.yml", "call: 30m", "call: !!python/object/apply:os.getcwd []")
    assert "leave the tag out" in report(check(folder.path, {}))


def test_a_rep_whose_hours_are_shorter_than_a_call_is_never_offered(folder: Folder) -> None:
    folder.change("team.yml", "call: 30m", "call: 8h")
    folder.change("company.yml", "9:00-18:00\n\n", "9:00-16:00\n\n")
    for _ in range(2):
        folder.change("team.yml", "      monday-friday: 9:00-18:00\n", "      monday: 9:00-9:30\n")
    assert "no time can ever be offered" in report(check(folder.path, {}))


def test_nobody_to_take_calls_is_a_fault(folder: Folder) -> None:
    text = (folder.path / "team.yml").read_text(encoding="utf-8")
    begin, end = text.index("reps:"), text.index("call:")
    (folder.path / "team.yml").write_text(text[:begin] + "reps: []\n" + text[end:], encoding="utf-8")
    (fault,) = check(folder.path, {})
    assert (fault.key, fault.message) == ("reps", "has nobody in it; without a rep no call can be booked")


def test_a_placeholder_that_mails_do_not_have_is_named_where_it_stands(folder: Folder) -> None:
    folder.change("nurture.yml", "{problem}", "{problm}")
    folder.change("nurture.yml", "Two weeks on", "Two weeks on, {nme}")
    assert report(check(folder.path, {}, check_step=check_step)) == (
        f"playbook/nurture.yml:{folder.line('nurture.yml', '{nme}')}: nurture_warm.steps.2.subject: "
        "there is no {nme}; did you mean {name}?\n"
        f"playbook/nurture.yml:{folder.line('nurture.yml', 'body: |')}: nurture_warm.steps.2.body: "
        "there is no {problm}; did you mean {problem}?"
    )
    with pytest.raises(PlaybookError):
        load_playbook(folder.path, check_step=check_step)
    assert load_playbook(folder.path).sequences  # who does not hand the check over is not told


def test_a_promise_with_a_placeholder_is_refused_because_it_is_said_as_it_stands(folder: Folder) -> None:
    folder.change("nurture.yml", "promise: I'll send", "promise: '{name}, I will send' #")
    assert [fault.key for fault in check(folder.path, {})] == ["nurture_warm.promise"]


def test_a_secret_in_a_web_address_is_not_repeated_in_the_message(folder: Folder) -> None:
    hook = "hooks.example.com/services/canary-4711"
    folder.change("team.yml", "alert_webhooks: []", f"alert_webhooks: [{hook}, 'https://{hook}', 'https://{hook}']")
    faults = check(folder.path, {})
    assert len(faults) == 2
    assert "canary" not in report(faults)


def test_faults_come_by_file_and_line() -> None:
    faults = [Fault("b.yml", 1, "x", "m"), Fault("a.yml", 10, "x", "m"), Fault("a.yml", 9, "", "m")]
    assert report(faults) == "a.yml:9: m\na.yml:10: x: m\nb.yml:1: x: m"

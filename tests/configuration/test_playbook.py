"""What the playbook that ships says, and what an owner may write."""

from __future__ import annotations

from datetime import date, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from ruamel.yaml import YAML

from banter.configuration import PlaybookError, load_playbook
from banter.leads.playbook import Hours
from banter.nurture.render import check_step
from scoring.model import BANDS, DIMENSIONS
from tests.configuration.folder import ROOT, SHIPPED, Folder


def test_the_playbook_that_ships_is_without_fault() -> None:
    playbook = load_playbook(SHIPPED, check_step=check_step)
    assert playbook.company.name == "Northlight Ledger"
    assert set(playbook.sequences) == {"nurture_warm", "nurture_cold"}
    assert all(sequence.promise and sequence.steps for sequence in playbook.sequences.values())


def test_the_company_is_read_as_it_is_written(folder: Folder) -> None:
    company = load_playbook(folder.path).company
    assert company.timezone == ZoneInfo("Europe/London")
    assert company.currency == "GBP"
    assert company.phone == "+44 20 7946 0123"
    assert company.price == (
        "From 4,000 to 30,000 pounds a year, depending on how many entities and users you have. "
        "Most teams with a single entity are at the lower end."
    )
    assert company.hours[0] == Hours(0, time(9), time(18))
    assert [hours.weekday for hours in company.hours] == [0, 1, 2, 3, 4]
    assert company.hours_text == "Monday to Friday 9:00-18:00"
    assert date(2026, 12, 25) in company.days_off


def test_a_call_can_be_had_on_every_day_of_the_week_and_tomorrow_afternoon_too(folder: Folder) -> None:
    playbook = load_playbook(folder.path)
    for weekday in range(7):
        assert any(
            hours.weekday == weekday and hours.opens <= time(13) and hours.closes >= time(17)
            for rep in playbook.team.reps
            for hours in rep.hours
        )


def test_the_team_is_read_with_lengths_of_time(folder: Folder) -> None:
    team = load_playbook(folder.path).team
    assert [rep.key for rep in team.reps] == ["sales-1", "sales-2"]
    assert (team.call, team.buffer) == (timedelta(minutes=30), timedelta(minutes=10))
    assert (team.notice, team.horizon, team.hold) == (timedelta(hours=1), timedelta(days=14), timedelta(minutes=20))
    assert team.offered == 4
    assert team.alert_webhooks == ()


def test_the_conversation_asks_all_four_in_the_order_of_its_framework(folder: Folder) -> None:
    assert load_playbook(folder.path).conversation.order == ("need", "budget", "authority", "timeline")
    folder.change("conversation.yml", "framework: bant", "framework: champ")
    playbook = load_playbook(folder.path)
    assert playbook.conversation.order == ("need", "authority", "budget", "timeline")
    assert playbook.rubric.name == "champ@1"
    assert playbook.conversation.most_questions == 6


def test_clear_answers_are_not_probed_as_shipped(folder: Folder) -> None:
    probe = load_playbook(folder.path).conversation.probe
    assert set(probe) == set(DIMENSIONS)
    for dimension in DIMENSIONS:
        assert "unclear" in probe[dimension]
        assert BANDS[dimension][0] not in probe[dimension]


def test_a_rep_without_hours_or_zone_has_the_companys(folder: Folder) -> None:
    folder.change("team.yml", "    hours:\n      monday-friday: 9:00-18:00\n      saturday-sunday: 10:00-17:00\n", "")
    playbook = load_playbook(folder.path)
    assert playbook.team.reps[0].hours == playbook.company.hours
    assert playbook.team.reps[0].timezone == playbook.company.timezone
    assert len(playbook.team.reps[1].hours) == 7


@pytest.mark.parametrize(
    ("written", "in_words"),
    [
        ("monday-sunday: 0:00-23:59", "Monday to Sunday 0:00-23:59"),
        ("{monday: 9:00-12:00, tuesday: 9:00-12:00}", "Monday and Tuesday 9:00-12:00"),
        ("{wednesday: [13:00-17:30, 9:00-12:30]}", "Wednesday 9:00-12:30 and 13:00-17:30"),
        ("{monday-friday: 9:00-18:00, saturday: 10:00-14:00, sunday: closed}",
         "Monday to Friday 9:00-18:00, Saturday 10:00-14:00"),
        ("{Friday: '08:05 – 17:00'}", "Friday 8:05-17:00"),
    ],
)  # fmt: skip
def test_opening_hours_are_read_and_said_in_words(folder: Folder, written: str, in_words: str) -> None:
    value = f"hours: {written}" if written.startswith("{") else f"hours:\n  {written}"
    folder.change("company.yml", "hours:\n  monday-friday: 9:00-18:00", value)
    assert load_playbook(folder.path).company.hours_text == in_words


def test_times_and_words_mean_what_they_say_and_not_what_old_yaml_made_of_them(folder: Folder) -> None:
    # YAML 1.1 took 9:30-less-quotes for 570, and NO (a country, a no) for false.
    folder.change("company.yml", "monday-friday: 9:00-18:00", "monday-friday: 09:30-17:45")
    folder.change("company.yml", "[Example Close, Sample Books]", "[no, On, NO, 12:30]")
    company = load_playbook(folder.path).company
    assert (company.hours[0].opens, company.hours[0].closes) == (time(9, 30), time(17, 45))
    assert company.competitor_names == ("no", "On", "NO", "12:30")


@pytest.mark.parametrize(("written", "month"), [("april", 4), ("April", 4), ("7", 7), ("", 1)])
def test_the_fiscal_year_begins_in_a_month_by_name_or_number(folder: Folder, written: str, month: int) -> None:
    folder.change("company.yml", "fiscal_year_start: january", f"fiscal_year_start: {written}")
    assert load_playbook(folder.path).company.fiscal_year_start == month


@pytest.mark.parametrize(
    ("written", "means"),
    [
        ("45m", timedelta(minutes=45)),
        ("1h 30m", timedelta(minutes=90)),
        ("2H", timedelta(hours=2)),
        ("'30 m'", timedelta(minutes=30)),
    ],
)
def test_lengths_of_time_are_read_as_people_write_them(folder: Folder, written: str, means: timedelta) -> None:
    folder.change("team.yml", "call: 30m", f"call: {written}")
    assert load_playbook(folder.path).team.call == means


def test_what_may_be_left_out_may_be_left_out_or_empty(folder: Folder) -> None:
    folder.change("company.yml", "phone: +44 20 7946 0123", "phone:")
    folder.change("company.yml", "privacy_url: https://northlight.example/privacy", "")
    company = load_playbook(folder.path).company
    assert company.phone is None
    assert company.privacy_url is None
    assert company.material_url == "https://northlight.example/guide"


def test_the_mails_are_read_in_order_with_their_texts_whole(folder: Folder) -> None:
    warm = load_playbook(folder.path).sequences["nurture_warm"]
    assert [(step.key, step.after) for step in warm.steps] == [
        ("guide", timedelta(days=1)),
        ("follow-up", timedelta(days=14)),
    ]
    assert warm.steps[1].body == "Hello {name},\nhow is it going with {problem}?"


def test_a_file_saved_by_a_windows_editor_is_read(folder: Folder) -> None:
    file = folder.path / "team.yml"
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n"))
    assert load_playbook(folder.path).team.offered == 4


@pytest.mark.parametrize("framework", ["bant", "champ"])
def test_the_presets_are_the_rubrics_that_ship(framework: str) -> None:
    def read(path: Path) -> dict[str, object]:
        loaded: dict[str, object] = YAML(typ="safe", pure=True).load(path)
        return loaded

    assert read(ROOT / "scoring" / "presets" / f"{framework}.yml") == read(SHIPPED / "rubric.yml")[framework]


def test_a_preset_copied_into_the_playbook_as_its_comment_says_works(folder: Folder) -> None:
    sections = []
    for framework in ("bant", "champ"):
        lines = (ROOT / "scoring" / "presets" / f"{framework}.yml").read_text(encoding="utf-8").splitlines()
        sections.append(f"{framework}:\n" + "\n".join(f"  {line}" for line in lines))
    before = load_playbook(folder.path).rubrics
    (folder.path / "rubric.yml").write_text("\n".join(sections) + "\n", encoding="utf-8")
    assert load_playbook(folder.path).rubrics == before


def test_a_playbook_that_is_not_there_is_an_error_that_says_so(tmp_path: Path) -> None:
    with pytest.raises(PlaybookError, match="there is no such folder; set BANTER_PLAYBOOK"):
        load_playbook(tmp_path / "nowhere")

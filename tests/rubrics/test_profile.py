"""The profile is published with the rubric: what a lead was scored with can be told, compared and taken back."""

from __future__ import annotations

from dataclasses import replace

import pytest

from banter.configuration import load_playbook
from banter.configuration.icp_file import read_icp_file, read_market_file
from banter.leads.facts import Facts, Labelled
from banter.leads.model import Lead
from banter.leads.published import profile_document, same_customer
from banter.leads.qualify import qualify
from banter.rubrics.publishing import RubricTaken
from scoring.fit import Profile
from scoring.profile import profile_from
from tests.dashboard import examples
from tests.dashboard.examples import WARM
from tests.rubrics.conftest import House

INDUSTRY = ("  # industry: {weight: 25,", "  industry: {weight: 25,")
SIZE = ("  # size: {weight: 20,", "  size: {weight: 20,")


def switch_on(house: House, *lines: tuple[str, str]) -> None:
    for line in lines or (INDUSTRY, SIZE):
        house.edit(*line, name="icp.yml")


def publish(house: House, stamp: str) -> None:
    said = house.banter("rubric", "publish", "--yes")
    assert f"{stamp} is published." in said.output, said.output
    assert house.start() == stamp


def profile_of(house: House) -> Profile:
    return load_playbook(house.playbook).profile


def kept(house: House, version: int) -> Profile | None:
    with house.store.begin(readonly=True) as tx:
        standing = tx.rubrics.get("bant", version)
    assert standing is not None
    return standing.customer


def a_legal_lead(house: House) -> Lead:
    lead = qualify(replace(WARM, id="l_legal", facts=Facts(industry=Labelled("legal"))), load_playbook(house.playbook))
    with house.store.begin() as tx:
        tx.leads.save(replace(lead, conversation="c_legal"))
    return lead


def test_a_change_of_the_profile_needs_a_raised_version_as_a_change_of_the_rubric_does(house: House) -> None:
    house.start()
    switch_on(house)
    with pytest.raises(RubricTaken) as refused:
        house.start()
    said = str(refused.value)
    assert "playbook/icp.yml describes another customer under the same version:\n" in said
    assert "\n  icp.industry.weight not there -> 25\n" in said
    assert "\n  icp.size.fits not there -> 20-500\n" in said
    assert "Raise `version` to 2 in playbook/rubric.yml:" in said
    assert "has other numbers" not in said
    assert "icp.yml describes another customer under bant@1" in house.banter("rubric", "list").output
    house.edit("version: 1", "version: 2")
    assert house.start() == "bant@2"
    assert kept(house, 1) == Profile()
    assert kept(house, 2) == profile_of(house)


def test_both_are_named_where_both_are_other(house: House) -> None:
    house.start()
    switch_on(house)
    house.edit("warm: 40", "warm: 45")
    with pytest.raises(RubricTaken) as refused:
        house.start()
    assert "rubric.yml has other numbers, and playbook/icp.yml describes another customer, under" in str(refused.value)
    assert "thresholds.warm 40 -> 45" in str(refused.value)


def test_another_order_and_another_word_for_the_same_are_no_change(house: House) -> None:
    switch_on(house)
    house.start()
    house.edit("fits: [legal, finance]", "fits: [finance, solicitors]", name="icp.yml")
    lines = house.profile.read_text(encoding="utf-8").splitlines(keepends=True)
    first = next(number for number, line in enumerate(lines) if line.startswith("  industry"))
    lines[first : first + 2] = reversed(lines[first : first + 2])
    house.profile.write_text("".join(lines), encoding="utf-8")
    assert house.start() == "bant@1"


def test_publishing_keeps_the_profile_and_says_what_differs(house: House) -> None:
    house.start()
    switch_on(house)
    said = house.banter("rubric", "publish")
    assert said.exit_code == 0, said.output
    assert "icp.industry.weight not there -> 25" in said.output
    assert house.start() == "bant@2"
    assert "nothing to do" in house.banter("rubric", "publish").output
    house.edit("20-500}", "20-400}", name="icp.yml")
    assert house.banter("rubric", "diff").output == "icp.size.fits 20-500 -> 20-400\n"
    assert "icp.size.fits not there -> 20-500" in house.banter("rubric", "diff", "bant@1", "bant@2").output


def test_a_backtest_scores_with_the_profile_of_the_edition(house: House) -> None:
    switch_on(house)
    house.edit("  # fit: {adds: 20}", "  fit: {adds: 20}")
    house.start()
    lead = a_legal_lead(house)
    assert lead.score is not None
    assert lead.score.fit is not None
    assert lead.score.fit.points == 25
    house.edit("fits: [legal, finance]", "fits: [farming]", name="icp.yml")
    assert "1 leads by bant@1" in house.banter("rubric", "backtest", "--rubric", "bant@1").output
    assert '"points_changed": 0' in house.banter("rubric", "backtest", "--rubric", "bant@1", "--json").stdout
    assert '"points_changed": 1' in house.banter("rubric", "backtest", "--json").stdout


def test_an_older_lead_is_explained_by_the_profile_of_its_edition(house: House) -> None:
    switch_on(house, INDUSTRY)
    house.edit("  # fit: {adds: 20}", "  fit: {adds: 20}")
    house.start()
    a_legal_lead(house)
    before = house.banter("explain", "l_legal").output
    assert "What would have changed it" in before
    house.edit("fits: [legal, finance]", "fits: [farming]", name="icp.yml")
    publish(house, "bant@2")
    changed = "  The points have changed since: bant@2 counts today, and this lead keeps those it was given.\n"
    assert house.banter("explain", "l_legal").output.replace(changed, "") == before


def test_a_rollback_writes_both_back_with_the_owners_comments(house: House) -> None:
    shipped, off = house.file.read_text(encoding="utf-8"), house.profile.read_text(encoding="utf-8")
    house.start()
    switch_on(house)
    on = house.profile.read_text(encoding="utf-8")
    publish(house, "bant@2")
    done = house.banter("rubric", "rollback", "bant@1", "--yes")
    assert "icp.industry.weight 25 -> not there" in done.output
    assert "playbook/rubric.yml and playbook/icp.yml hold bant@1 again" in done.output
    assert (house.file.read_text(encoding="utf-8"), house.profile.read_text(encoding="utf-8")) == (shipped, off)
    assert house.start() == "bant@1"
    assert house.banter("rubric", "rollback", "bant@2", "--yes").exit_code == 0
    assert same_customer(profile_of(house), kept(house, 2) or Profile())
    comments = [line for line in off.splitlines() if line.startswith("#")]
    assert [line for line in house.profile.read_text(encoding="utf-8").splitlines() if line.startswith("#")] == comments
    assert house.start() == "bant@2"
    assert [path.name for path in house.playbook.iterdir() if "until" in path.name] == []
    assert on != off


def test_a_figure_of_a_profile_comes_back_in_its_place_and_the_draft_is_kept(house: House) -> None:
    switch_on(house)
    first = house.profile.read_text(encoding="utf-8")
    house.start()
    house.edit("fits: 20-500}", "fits: 20-50} ", name="icp.yml")
    draft = house.profile.read_text(encoding="utf-8")
    done = house.banter("rubric", "rollback", "bant@1", "--yes")
    assert done.exit_code == 0, done.output
    assert "version" not in done.output.split("hold")[0]
    assert same_customer(profile_of(house), kept(house, 1) or Profile())
    assert "industry: {weight: 25, fits: [legal, finance], disqualifies: [government]}    # names" in first
    assert "industry: {weight: 25, fits: [legal, finance], disqualifies: [government]}    # names" in (
        house.profile.read_text(encoding="utf-8")
    )
    (kept_file,) = house.playbook.glob("icp.yml.until-*")
    assert kept_file.read_text(encoding="utf-8") == draft
    assert house.banter("check", "--playbook", str(house.playbook)).exit_code == 0


def test_without_a_file_there_is_no_profile_and_a_rollback_makes_one(house: House) -> None:
    switch_on(house)
    house.start()
    house.profile.unlink()
    with pytest.raises(RubricTaken):
        house.start()
    assert house.banter("rubric", "rollback", "bant@1", "--yes").exit_code == 0
    assert house.start() == "bant@1"


def test_an_edition_from_before_profiles_were_kept_goes_with_todays_and_that_is_said(house: House) -> None:
    house.start()
    examples.fill(house.store)
    forget_profiles(house)
    assert "without its profile" in house.banter("rubric", "list").output
    switch_on(house)
    assert "icp: the profile of bant@1, in force was not kept" in house.banter("rubric", "diff").output
    tried = house.banter("rubric", "backtest", "--rubric", "bant@1").output
    assert "The profile of bant@1 was not kept, so today's icp.yml counts." in tried
    assert "By today's icp.yml, because the profile of bant@1 was not kept." in house.banter("explain", WARM.id).output
    house.edit("warm: 40", "warm: 45")
    back = house.banter("rubric", "rollback", "bant@1", "--yes").output
    assert "icp.yml stays as it is: the profile of bant@1 was not kept" in back
    assert profile_of(house).traits
    assert house.start() == "bant@1"  # from now on it has this one
    house.edit("20-500}", "20-400}", name="icp.yml")
    with pytest.raises(RubricTaken):
        house.start()


def forget_profiles(house: House) -> None:
    from sqlalchemy import null, update

    from banter.store.tables import rubrics

    with house.store.begin() as tx:
        tx.connection.execute(update(rubrics).values(profile=null()))


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("rubric.yml", "approved_amount: 30", "aproved_amount: thirty"),
        ("rubric.yml", "  thresholds:", "  tresholds:"),
        ("icp.yml", "industry: {weight: 25", "industry: {weigth: 25"),
        ("icp.yml", "fits: [legal", "fits: [no such industry"),
        ("team.yml", "reps:", "rebs:"),
        ("market.yml", "industries:", "industry:"),
        ("company.yml", "name:", "nome:"),
    ],
)
def test_a_rollback_works_while_the_playbook_has_faults(house: House, file: str, old: str, new: str) -> None:
    switch_on(house)
    house.start()
    house.edit("warm: 40", "warm: 45")
    house.edit(old, new, name=file)
    assert house.banter("check", "--playbook", str(house.playbook)).exit_code == 1
    done = house.banter("rubric", "rollback", "bant@1", "--yes")
    assert done.exit_code == 0, done.output
    checked = house.banter("check", "--playbook", str(house.playbook))
    assert checked.exit_code == (0 if file in ("rubric.yml", "icp.yml") else 1)
    if checked.exit_code:
        house.edit(new, old, name=file)
    assert house.start() == "bant@1"


def test_a_name_that_market_yml_no_longer_has_is_refused_and_nothing_is_changed(house: House) -> None:
    switch_on(house)
    house.start()
    house.edit("fits: [legal, finance]", "fits: [finance]", name="icp.yml")
    house.edit("  legal: [", "  lawyers: [", name="market.yml")
    before = house.profile.read_bytes()
    said = house.banter("rubric", "rollback", "bant@1", "--yes")
    assert said.exit_code == 1
    assert "'legal' is not in market.yml" in said.output
    assert house.profile.read_bytes() == before


def test_warnings_are_told_before_it_is_published_and_somebody_is_asked(house: House) -> None:
    house.start()
    house.edit("approved: 22 ", "approved: 5 ")
    asked = house.banter("rubric", "publish", typed="n\n")
    assert asked.exit_code == 1
    assert "bant.points.budget.approved: is worth 5, less than amount (16)" in asked.output
    assert "    e.g. need quantified" in asked.output
    assert house.banter("rubric", "list").output.count("published 2026") == 1
    tried = house.banter("rubric", "backtest").output
    assert "Warnings, which stop nothing:" in tried
    assert "is worth 5, less than amount (16)" in tried
    assert house.banter("rubric", "publish", "--yes").exit_code == 0
    assert "nothing to do" not in house.banter("rubric", "publish").output
    tried = house.banter("rubric", "backtest", "--rubric", "bant@2").output
    assert "bant@2: points.budget.approved: is worth 5, less than amount (16)" in tried


@pytest.mark.parametrize("fits", ["20-500", "20+", "under 20", "0-0"])
def test_a_profile_is_kept_as_it_scores(fits: str) -> None:
    data = {
        "industry": {"weight": 25, "fits": ["legal"], "disqualifies": ["government", "legal aid"]},
        "size": {"weight": 20, "fits": fits},
    }
    profile = profile_from(data)
    assert profile_from(profile_document(profile)) == profile


def test_the_profiles_of_the_examples_are_kept_as_they_score(house: House) -> None:
    from tests.configuration.folder import ROOT

    for folder in (ROOT / "examples").iterdir():
        if folder.is_dir() and (folder / "icp.yml").exists():
            profile = read_icp_file(folder / "icp.yml", read_market_file(folder / "market.yml"))
            assert profile.traits
            assert profile_from(profile_document(profile)) == profile

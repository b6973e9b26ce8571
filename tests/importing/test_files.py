"""What a CRM or Excel writes is read, and what cannot be read is named with its line and the mend."""

from __future__ import annotations

from pathlib import Path

import pytest

from banter.importing.table import NotATable, opened
from banter.importing.values import Faulty, size_of
from banter.leads.facts import Place
from tests.importing.conftest import DAY, READER


def cells(file: Path) -> list[tuple[int, dict[str, str]]]:
    with opened(file) as table:
        return [(row.line, dict(row.cells)) for row in table.rows]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_file_is_read_however_excel_wrote_it(tmp_path: Path, separator: str, encoding: str, end: str) -> None:
    lines = [["E-mail Address", "Company name", "Number of Employees"], ["pat@acorn.com", "Müller & Söhne", "51-200"]]
    file = tmp_path / "crm.csv"
    file.write_bytes(end.join(separator.join(line) for line in lines).encode(encoding))
    assert cells(file) == [(2, {"email": "pat@acorn.com", "company": "Müller & Söhne", "size": "51-200"})]


def test_lines_are_counted_as_an_editor_does(tmp_path: Path) -> None:
    file = tmp_path / "crm.csv"
    file.write_text('sep=;\nEmail;Company\na@acorn.com;"Two\nlines"\n\nb@acorn.com;Oak\n', encoding="utf-8")
    assert cells(file) == [
        (3, {"email": "a@acorn.com", "company": "Two\nlines"}),
        (6, {"email": "b@acorn.com", "company": "Oak"}),
    ]


@pytest.mark.parametrize(
    "header",
    ["Email", "E-mail address", "EMAIL_ADDRESS", "Work Email", "Person - Email - Work", "email address "],
)
def test_headers_are_understood_as_crm_exports_write_them(tmp_path: Path, header: str) -> None:
    file = tmp_path / "crm.csv"
    file.write_text(f"{header},Shoe size\npat@acorn.com,44\n", encoding="utf-8")
    with opened(file) as table:
        assert dict(table.used) == {"email": header.strip()}
        assert table.left == ("Shoe size",)


@pytest.mark.parametrize("text", ["", "\n\n", "Name,Company\nPat,Acorn\n", "just words"])
def test_a_file_that_names_nobody_is_refused(tmp_path: Path, text: str) -> None:
    file = tmp_path / "crm.csv"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(NotATable, match="names nobody"), opened(file):
        pass


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(NotATable, match="cannot be read"), opened(tmp_path / "none.csv"):
        pass


def test_rows_that_are_none_are_faulty_and_the_others_go_on(tmp_path: Path) -> None:
    file = tmp_path / "crm.csv"
    file.write_bytes(b"Email,Company\na@acorn.com,Acorn, Inc.\nb\0@acorn.com,x\nc@acorn.com,Oak\n")
    with opened(file) as table:
        found = [(row.line, row.fault[:20]) for row in table.rows]
    assert found == [(2, "has 3 cells under 2 "), (3, "is no row of a table"), (4, "")]


@pytest.mark.parametrize(
    ("cell", "least", "most"),
    [
        ("40", 40, 40),
        ("51-200", 51, 200),
        ("1,001-5,000", 1001, 5000),
        ("10,000+", 10000, None),
        ("11 to 50 employees", 11, 50),
        ("1.001 – 5.000", 1001, 5000),
        ("under 10", None, 10),
        ("250.0", 250, 250),
        ("more than 500", 500, None),
    ],
)
def test_sizes_are_read_as_crms_write_them(cell: str, least: int | None, most: int | None) -> None:
    size = size_of(cell)
    assert (size.unit, size.least, size.most) == ("employees", least, most)


def test_a_row_becomes_facts_as_leads_have_them() -> None:
    about = READER.read(
        {
            "email": "Pat@Acorn.com",
            "phone": "020 7946 0000",
            "domain": "https://www.acorn.com/team?x=1",
            "company": "Acorn",
            "industry": "COMPUTER_SOFTWARE",
            "size": "51-200",
            "country": "United Kingdom",
            "city": "Leeds",
            "title": "Finance Director",
            "current_tool": "Excel; Xero",
            "use_case": "invoicing",
        },
        DAY,
    )
    facts = about.facts
    assert set(about.told) == {
        ("email", "pat@acorn.com"),
        ("colleague", "acorn.com"),
        ("phone", "+442079460000"),
        ("domain", "acorn.com"),
    }
    assert facts.industry is not None
    assert facts.role is not None
    assert facts.industry.name == "software"
    assert (facts.role.title, facts.role.seniority, facts.role.function) == ("Finance Director", "director", "finance")
    assert facts.place == Place("GB", "England", "Leeds", at=DAY)
    assert [tool.name for tool in facts.tools] == ["Excel", "Xero"]
    assert [pain.name for pain in facts.pains] == ["billing and payments"]
    assert about.told[("domain", "acorn.com")].role is None
    assert about.unknown == ()


@pytest.mark.parametrize("cell", ["DE", "de", "Germany"])
def test_countries_go_by_their_names_and_codes(cell: str) -> None:
    place = READER.read({"email": "pat@acorn.com", "country": cell}, DAY).facts.place
    assert place is not None
    assert place.country == "DE"


def test_what_market_yml_has_no_name_for_is_kept_and_told() -> None:
    about = READER.read({"email": "pat@acorn.com", "industry": "Quantum Basketry"}, DAY)
    assert about.unknown == ("industry Quantum Basketry",)
    assert about.facts.industry is not None
    assert about.facts.industry.name == "quantum basketry"


@pytest.mark.parametrize(
    ("row", "mend"),
    [
        ({}, "names nobody"),
        ({"email": "nope"}, "write one, e.g. pat@acorn.com"),
        ({"phone": "4,4E+11"}, "write it with its country"),
        ({"domain": "gmail.com"}, "provider's of mail"),
        ({"domain": "acorn"}, "write one, e.g. acorn.com"),
        ({"domain": "http://[acorn.com"}, "write one, e.g. acorn.com"),
        ({"size": "Oct-50"}, "as a spreadsheet makes of 1-10"),
        ({"size": "01.10.2026"}, "as a spreadsheet makes of 1-10"),
        ({"size": "many"}, "write e.g. 40, 11-50 or 500"),
        ({"size": "50-11"}, "begins above its end"),
        ({"country": "Narnia"}, "write its name in English or its code"),
        ({"company": "x" * 301}, "300 is the most"),
        ({"company": "a\x07b"}, "cannot be printed"),
    ],
)
def test_a_faulty_row_is_named_with_the_mend(row: dict[str, str], mend: str) -> None:
    whole = {"email": "pat@acorn.com", **row} if row else {"company": "Acorn"}
    with pytest.raises(Faulty, match=mend.replace("+", r"\+")):
        READER.read(whole, DAY)


def test_free_mail_stands_for_nobody_else() -> None:
    about = READER.read({"email": "pat@gmail.com", "company": "Acorn"}, DAY)
    assert set(about.told) == {("email", "pat@gmail.com")}


def test_a_header_may_go_over_two_lines_in_quotes(tmp_path: Path) -> None:
    file = tmp_path / "crm.csv"
    file.write_text('Email,"Company\nName",Size\npat@acorn.com,Acorn,5\n', encoding="utf-8")
    assert cells(file) == [(3, {"email": "pat@acorn.com", "company": "Acorn", "size": "5"})]
    with opened(file) as table:
        assert table.used["company"] == "Company Name"


@pytest.mark.parametrize("header", ['Email,"Company', "Email,Comp\0any"])
def test_a_header_that_cannot_be_read_is_refused_with_the_mend(tmp_path: Path, header: str) -> None:
    file = tmp_path / "crm.csv"
    file.write_text(f"{header}\npat@acorn.com,Acorn\n", encoding="utf-8")
    with pytest.raises(NotATable, match="is a quotation mark left open"), opened(file):
        pass

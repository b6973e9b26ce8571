"""`company.yml`: who the bot speaks for."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from banter.configuration import values
from banter.configuration.hours import read_hours
from banter.configuration.section import Section
from banter.leads.playbook import Company, Hours

FILE = "company.yml"
KEYS = (
    "name",
    "product",
    "timezone",
    "locale",
    "currency",
    "fiscal_year_start",
    "email",
    "phone",
    "website",
    "address",
    "price",
    "how_it_works",
    "competitors",
    "competitor_names",
    "privacy",
    "privacy_url",
    "material_url",
    "hours",
    "days_off",
)


def read_company(section: Section) -> tuple[Company | None, tuple[Hours, ...], ZoneInfo | None]:
    """The company, None after a fault; its hours and its zone also then, because the team is read with them."""
    section.only(*KEYS)
    hours = read_hours(section, "hours")
    zone = section.value("timezone", values.zone, "Europe/London")
    name = section.text("name", "Northlight Ledger", most=80)
    product = section.text("product", "month-end close software for finance teams", most=200)
    locale = section.value("locale", values.locale, "en")
    currency = section.value("currency", values.currency, "GBP")
    fiscal_year_start = section.value_or_none("fiscal_year_start", values.month) or 1
    email = section.value("email", values.email, "sales@example.com")
    phone = section.value_or_none("phone", values.phone)
    website = section.value("website", values.url, "https://www.example.com/")
    address = section.text("address", "1 High Street, London", most=300)
    price = section.text("price", "From 4,000 to 30,000 a year.")
    how_it_works = section.text("how_it_works", "It connects to your ledger and ...")
    competitors = section.text("competitors", "Others are good too; what we do differently is ...")
    competitor_names = section.values("competitor_names", _name, "[]")
    privacy = section.text("privacy", "What you tell us is used to answer you, and deleted when you ask.")
    privacy_url = section.value_or_none("privacy_url", values.url)
    material_url = section.value_or_none("material_url", values.url)
    days_off = section.values("days_off", values.day, "[2026-12-25]")
    if section.faults or zone is None or locale is None or currency is None or email is None or website is None:
        return None, hours, zone
    company = Company(
        name=name,
        product=product,
        timezone=zone,
        locale=locale,
        currency=currency,
        email=email,
        phone=phone,
        website=website,
        address=address,
        price=price,
        how_it_works=how_it_works,
        competitors=competitors,
        competitor_names=competitor_names,
        privacy=privacy,
        privacy_url=privacy_url,
        material_url=material_url,
        hours=hours,
        hours_text=values.hours_in_words(hours),
        days_off=days_off,
        fiscal_year_start=fiscal_year_start,
    )
    return company, hours, zone


def _name(raw: str) -> str:
    if not raw.strip():
        raise values.Unfit("is empty; write a name or leave the line out")
    return raw.strip()

"""What a turn wants said: names of responses in domain.yml with what fills them. No text lives in code."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from banter.leads.model import STATUSES, Lead
from banter.leads.playbook import MEASURES, Company, Playbook
from banter.leads.reading import DISQUALIFIERS, TOPICS
from scoring.model import DIMENSIONS


@dataclass(frozen=True)
class Say:
    """`response` is a response of domain.yml; `values` fill its {placeholders} beside those of the company."""

    response: str
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Heard:
    """A message's outcome: the lead after it, what to say in order, then which question to ask in which wording.

    `ask` is `need | budget | authority | timeline | slot | contact`, or None when nothing is left to ask. `wording` is
    `first`, `again` (after a digression), `probe` (a follow-up to no answer) or `probe_...` (to one that lacked
    something), as in WORDINGS; an address is asked for with `book`, `phone` (where a mail was refused), `someone` (a
    colleague will write), `nurture` or, when it looks mistyped, `check`.
    """

    lead: Lead
    say: tuple[Say, ...]
    ask: str | None
    wording: str = "first"


#: Topics whose response depends on more than their name.
_ANSWERED_OTHERWISE = ("why", "why_not", "meaning", "person", "book_call", "move_call", "cancel_call", "playful")
#: What fills a response beside the company's values, by response.
VALUES: Mapping[str, tuple[str, ...]] = {
    "utter_check_email": ("hint",),
    "utter_did_you_mean": ("address",),
    "utter_address_kept": ("address",),
    "utter_time_held": ("time",),
    "utter_booked": ("time", "address"),
    "utter_booked_by_phone": ("time", "address"),
    "utter_enrolled": ("promise",),
    "utter_answer_call": ("minutes",),
    "utter_answer_caller": ("rep",),
    "utter_answer_zone": ("zone",),
    "utter_answer_mails": ("promise",),
    "utter_answer_noted": ("summary",),
    "utter_answer_your_call": ("minutes", "time", "link"),
    "utter_answer_change_call": ("link",),
    "utter_after_booked": ("link",),
    "utter_react_need_quantified": ("measure",),
    "utter_address_changed": ("address",),
    "utter_answer_known": ("answer",),
    "utter_answer_known_again": ("answer",),
    "utter_helped": ("answer",),
    "utter_welcome_back": ("summary",),
    "utter_anew": ("summary",),
    "utter_welcome_back_booked": ("time", "link"),
    "utter_why_early_warm": ("reason",),
    "utter_why_early_cold": ("reason",),
    "utter_as_said": ("said",),
    "utter_as_asked": ("said",),
}
#: Clauses for a {reason}: `Say("utter_why_early_warm", {"reason": "utter_reason_budget"})`, put in by the dialogue.
REASONS: Mapping[str, str] = {d: f"utter_reason_{d}" for d in DIMENSIONS}
#: Named as a value, it has a response said in that language where `texts/` has it: {"in_language": "de"}.
IN_LANGUAGE = "in_language"
#: What was said is reacted to, by dimension and band; a band that is not listed gets a plain acknowledgement.
REACTIONS: Mapping[tuple[str, str], str] = {
    (dimension, band): f"utter_react_{dimension}_{band}"
    for dimension, bands in {
        "need": ("quantified", "specific"),
        "budget": ("approved_amount", "none", "exploring"),
        "authority": ("final", "shared", "none"),
        "timeline": ("within_60_days", "someday"),
    }.items()
    for band in bands
}
#: What is said by SMS without the dialogue: to who stops, returns, asks for help, or sends what holds no words.
SMS_NOTICES = tuple(f"utter_sms_{name}" for name in ("stopped", "back", "help", "picture", "empty", "too_long"))
_OPEN = (*DIMENSIONS, "slot", "contact")
#: Every response that is ever said; domain.yml has a text for each.
RESPONSES: tuple[str, ...] = (
    *(f"utter_ask_{slot}" for slot in (*DIMENSIONS, "meeting_time", "contact")),
    *(f"utter_answer_{topic}_{question}" for topic in ("why", "meaning") for question in _OPEN),
    *("utter_answer_person_closed", "utter_answer_person_closed_how"),
    *("utter_person_waiting", "utter_person_passed_on", "utter_person_back", "utter_person_back_free"),
    *("utter_person_nobody", "utter_person_nobody_known", "utter_person_callback"),
    *(f"utter_answer_{topic}" for topic in TOPICS if topic not in _ANSWERED_OTHERWISE),
    *("utter_answer_change_call", "utter_answer_no_call", "utter_answer_your_call"),
    *(f"utter_disqualified_{kind}" for kind in DISQUALIFIERS),
    *(f"utter_after_{status}" for status in STATUSES if status != "open"),
    *("utter_greet", "utter_acknowledged", "utter_corrected", "utter_declined", "utter_smalltalk"),
    *("utter_not_understood", "utter_thanks_contact", "utter_goodbye", "utter_support"),
    *("utter_support_more", "utter_stopped", "utter_qualified", "utter_which_time", "utter_no_time_then"),
    *("utter_other_times", "utter_no_times", "utter_time_taken", "utter_time_held", "utter_check_email"),
    *("utter_did_you_mean", "utter_address_waits", "utter_address_kept"),
    *("utter_booked", "utter_booked_by_phone", "utter_someone_will_write", "utter_not_yet_warm"),
    *("utter_not_yet_cold", "utter_enrolled", "utter_let_go", "utter_bye", "utter_default"),
    *(*REACTIONS.values(), *REASONS.values(), "utter_as_said", "utter_as_asked"),
    *("utter_hello", "utter_thanked", "utter_left_at_that", "utter_browsing", "utter_questions_begin"),
    *("utter_address_changed", "utter_address_settled"),
    *("utter_doubt_settled", "utter_offer_person", "utter_answer_known", "utter_answer_known_again"),
    *("utter_research_first", "utter_research_offer", "utter_helped", "utter_help_more"),
    *("utter_disqualified_territory", "utter_disqualified_too_small", "utter_asked_for_call"),
    *("utter_nudge", "utter_welcome_back", "utter_welcome_back_briefly", "utter_anew", "utter_anew_briefly"),
    *(f"utter_welcome_back_{how}" for how in ("booked", "called", "nurture", "handed_over", "closed")),
    *("utter_why_early_warm", "utter_why_early_cold"),
    *("utter_other_language", "utter_abused", "utter_abused_again"),
    *("utter_smalltalk_playful", "utter_answer_caller_of_some", "utter_answer_noted_nothing"),
    *SMS_NOTICES,
)
_EVERY = ("first", "again", "probe", "doubt")
#: The occasions of a question; see `Heard.wording`.
WORDINGS: Mapping[str, tuple[str, ...]] = {
    "need": (*_EVERY, "probe_example", *(f"probe_{measure}" for measure in (*MEASURES, "measure"))),
    "budget": (*_EVERY, "probe_figure", "probe_figure_of", "probe_approval", "probe_range"),
    "authority": (*_EVERY, "probe_signer", "probe_part"),
    "timeline": (*_EVERY, "probe_date", "probe_event", "probe_month"),
}
#: What the wordings name that hold somebody's or something's name, or words of the visitor's: {about} is "your CFO", or
#: "once the new ERP is in".
ABOUT: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(("probe_figure_of", "probe_part", "probe_event"), ("about",)),
    "doubt": ("before", "about"),
}

#: The form's slots in domain.yml; "slot" would be a confusing name for one of Rasa's slots.
FORM_SLOTS: Mapping[str, str] = {**{str(d): str(d) for d in DIMENSIONS}, "slot": "meeting_time", "contact": "contact"}


def form_slots(heard: Heard, playbook: Playbook) -> dict[str, str | float | None]:
    """The dialogue's slots after a turn: a question's slot is empty while it is open or still to come."""
    slots: dict[str, str | float | None] = {}
    for dimension in DIMENSIONS:
        answer = heard.lead.answers.get(dimension)
        slots[dimension] = None if answer is None or heard.ask == dimension else answer.band
    slots["meeting_time"] = None if heard.ask == "slot" else "settled"
    slots["contact"] = None if heard.ask == "contact" else "settled"
    slots["framework"] = playbook.conversation.framework
    slots["wording"] = heard.wording
    slots["about"] = heard.lead.about or None
    slots["before"] = heard.lead.before or None
    slots["turns"] = float(heard.lead.turns + heard.lead.unprompted)
    slots["requested_slot"] = FORM_SLOTS[heard.ask] if heard.ask else None
    return slots


#: What any response but a question may name of the company.
COMPANY_VALUES = (
    "company",
    "product",
    "price",
    "how_it_works",
    "competitors",
    "privacy",
    "privacy_url",
    "material_url",
    "website",
    "email",
    "phone",
    "hours",
)


def company_values(company: Company) -> dict[str, str]:
    """The values of COMPANY_VALUES."""
    return {
        "company": company.name,
        "product": company.product,
        "price": company.price,
        "how_it_works": company.how_it_works,
        "competitors": company.competitors,
        "privacy": company.privacy,
        "privacy_url": company.privacy_url or company.website,
        "material_url": company.material_url or company.website,
        "website": company.website,
        "email": company.email,
        "phone": company.phone or company.email,
        "hours": company.hours_text,
    }


def is_open(company: Company, now: datetime) -> bool:
    """True inside the company's opening hours, in its own time zone."""
    local = now.astimezone(company.timezone)
    if local.date() in company.days_off:
        return False
    clock = local.time()
    return any(h.weekday == local.weekday() and h.opens <= clock < h.closes for h in company.hours)

"""One lead's page: all that is known, and the forms with which the team acts on it."""

from __future__ import annotations

from urllib.parse import quote
from zoneinfo import ZoneInfo

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from banter.dashboard import listing, overruling, post, reply, story, taking, words
from banter.dashboard.desk import HEADERS, Desk, no_such_lead
from banter.explaining.stored import explained
from banter.explaining.transcript import together, transcript
from banter.leads import telling
from banter.leads.behaviour import behaviour
from banter.leads.moments import Clock
from banter.leads.plain import who
from banter.leads.playbook import Playbook
from banter.slack.words import WORDS


def one_lead(
    desk: Desk,
    request: Request,
    session: str,
    draft: reply.Draft | None = None,
    choice: taking.Choice | None = None,
    wish: overruling.Wish | None = None,
) -> Response:
    """The lead's page; `draft`, `choice` and `wish` are forms that could not be carried out."""
    lead_id = request.path_params["id"]
    with desk.store.begin(readonly=True) as tx:
        lead = tx.leads.get(lead_id) if lead_id.isprintable() else None
        if lead is None:
            return no_such_lead(desk, session)
        if lead.id != lead_id:  # it was joined into that one
            return RedirectResponse(f"/leads/{quote(lead.id)}", status_code=303, headers=HEADERS)
        booking = tx.calendar.of_lead(lead.id)
        items = tx.outbox.of_lead(lead.id)
        channels = dict(tx.leads.conversations(lead.id))
        messages = together([tx.transcript.of_conversation(each) for each in channels])
        disposition = tx.dispositions.of_lead(lead.id)
        made = explained(tx, lead, desk.playbook)
        coming = listing.what_is_next(tx, lead, desk.now())
        seen = tx.behaviour.of_lead(lead.id)
        perhaps = story.perhaps(tx, lead)
        stopped = reply.stopped(tx, lead, desk.settings.secret)
    said, anchors = transcript(lead, messages, made.framework, channels)
    mails_go, widget = desk.settings.smtp is not None, desk.playbook.channels.widget
    return desk.page(
        "lead.html",
        status=200 if draft is None and choice is None and wish is None else 422,
        session=session,
        here="lead",
        lead=lead,
        who=who(lead),
        coming=coming,
        made=made,
        anchors=anchors,
        told=telling.known(lead.facts, lead.imported),
        behaviour=behaviour(seen, widget.pricing, widget.demo, lead.demo),
        said=said,
        perhaps=perhaps,
        channels=[words.CHANNELS.get(each, each) for each in dict.fromkeys(channels.values())],
        booking=booking,
        disposition=disposition,
        reason=WORDS.reasons.get(disposition.reason or "") if disposition else None,
        taken_after=taking.after(disposition, items),
        people=taking.people(desk.playbook),
        wish=wish or overruling.empty(desk.playbook),
        choice=choice or taking.empty(desk.playbook),
        slack=WORDS,
        rep=story.rep_name(booking, desk.playbook) if booking else None,
        their_clock=Clock(_zone(lead.timezone, desk.playbook), desk.now()),
        steps=story.nurture_steps(items),
        opted_out=story.opted_out(items),
        alerts=[post.letter(item) for item in items if post.is_told(item)],
        mails_go=mails_go,
        mailto=story.mailto,
        draft=draft or reply.new_draft(),
        stopped=stopped,
        cannot_write=reply.cannot_write(lead, stopped, desk.clock()),
        handed_back=reply.is_handed_back(items),
        most=reply.MOST,
    )


def _zone(name: str, playbook: Playbook) -> ZoneInfo:
    """A lead keeps the zone of its browser; one that this machine does not know (any more) counts as the company's."""
    try:
        return ZoneInfo(name)
    except (ValueError, OSError, LookupError):
        return playbook.company.timezone

"""Which act each operation of the API is. One without a line here is refused, and the suite fails."""

from __future__ import annotations

from fastapi import Request

from homeward.app.api.limits import Limits, kind_of
from homeward.app.api.problems import TooMany
from homeward.app.api.routes.common import TheActor, TheHouse
from homeward.desk import permissions
from homeward.model.actor import Role
from homeward.model.errors import NotAllowed

# Operation → its row in the table of permission.
OPERATIONS: dict[str, str] = {
    "get_session": "workspace.see",
    "list_leads": "corpus.look",
    "get_lead": "corpus.look",
    "decide_lead": "corpus.decide",
    "undo_lead": "corpus.decide",
    "get_identity": "corpus.look",
    "why_belongs": "corpus.look",
    "identity_ads": "corpus.look",
    "identity_wordings": "corpus.look",
    "identity_movement": "corpus.look",
    "identity_alike": "corpus.look",
    "list_surges": "corpus.look",
    "list_watches": "watch.look",
    "look_watch": "watch.look",
    "keep_watch": "watch.keep",
    "delete_watch": "watch.keep",
    "mark_urgent": "urgent.flag",
    "list_urgent": "urgent.list",
    "acknowledge_urgent": "urgent.answer",
    "lift_urgent": "urgent.lift",
    "undo_urgent": "urgent.undo",
    "put_sheet": "urgent.sheet",
    "record_outcome": "outcome.record",
    "lift_lowering": "outcome.record",
    "undo_outcome": "outcome.record",
    "count_outcomes": "outcome.counts",
    "get_training": "train.see",
    "put_lowered_days": "outcome.policy",
    "list_notes": "note.read",
    "write_note": "note.write",
    "change_note": "note.change",
    "take_note_back": "note.change",
    "restore_note": "note.change",
    "identity_chains": "corpus.look",
    "identity_history": "corpus.look",
    "list_judgements": "corpus.look",
    "preview_judgement": "corpus.judge",
    "judge_ads": "corpus.judge",
    "identity_links": "corpus.look",
    "lead_chains": "corpus.look",
    "search_ads": "corpus.search",
    "get_search": "corpus.search",
    "get_ad": "corpus.look",
    "search_list": "corpus.search",
    "ask_network": "corpus.search",
    "search_groups": "corpus.search",
    "wording_rows": "corpus.look",
    "identity_photos": "corpus.look",
    "get_area": "corpus.look",
    "put_area": "corpus.look",
    "add_ad": "corpus.add",
    "list_cases": "case.list",
    "make_case": "case.make",
    "get_case": "case.read",
    "change_case": "case.change",
    "set_case_member": "case.members",
    "seal_case": "case.seal",
    "unseal_case": "case.unseal",
    "break_glass": "case.glass",
    "list_requests": "request.list",
    "ask_second_person": "request.ask",
    "answer_request": "request.answer",
    "see_door": "door.sign-in",
    "sign_in": "door.sign-in",
    "ask_key": "door.sign-in",
    "begin_provider": "door.sign-in",
    "come_back": "door.sign-in",
    "give_factor": "door.sign-in",
    "prove_at_provider": "session.own",
    "name_at_provider": "account.change",
    "open_link": "door.link",
    "ask_join_key": "door.link",
    "join": "door.link",
    "sign_out": "session.own",
    "prove": "session.own",
    "acknowledge_banner": "session.own",
    "state_purpose": "session.own",
    "get_account": "account.own",
    "set_password": "account.secret",
    "new_codes": "account.secret",
    "ask_new_key": "account.secret",
    "add_key": "account.secret",
    "remove_key": "account.secret",
    "list_people": "account.list",
    "invite_person": "account.invite",
    "renew_person": "account.change",
    "set_role": "account.change",
    "disable_person": "account.change",
    "list_broken_glass": "glass.list",
    "review_glass": "glass.review",
    "list_events": "log.read",
    "get_event": "log.read",
    "get_log": "log.read",
    "verify_log": "log.read",
    "lead_looks": "look.who",
    "ad_looks": "look.who",
    "see_retention": "retention.see",
    "set_ads_period": "retention.set",
    "set_log_period": "retention.set",
    "shred_details": "retention.set",
    "list_records": "records.look",
    "list_recipients": "records.look",
    "keep_asked": "records.keep",
    "restrict_asked": "records.keep",
    "lift_restriction": "records.keep",
    "decline_asked": "records.keep",
    "hold_ads": "records.keep",
    "lift_holds": "records.keep",
    "review_ads": "records.keep",
    "disclose_ads": "records.keep",
    "correct_value": "records.keep",
    "lift_correction": "records.keep",
    "hand_over": "records.access",
    "erase_ads": "records.erase",
    "list_sources": "source.look",
    "register_source": "source.keep",
    "end_source": "source.keep",
    "add_purpose": "purpose.add",
    "end_purpose": "purpose.end",
    "see_permissions": "table.see",
}


def checked(request: Request, house: TheHouse, actor: TheActor) -> None:
    """Ask the limits and the table before a request does anything; runs before every operation."""
    name = getattr(request.scope.get("route"), "operation_id", None)
    if name not in OPERATIONS:
        raise NotAllowed("deny by default")
    limits: Limits = request.app.state.limits
    account = "" if actor.role is Role.NOBODY else actor.name
    address = request.client.host if request.client else ""
    if seconds := limits.wait(kind_of(name, request.method), account, address):
        raise TooMany(seconds)
    permissions.ask(actor, house, OPERATIONS[name])

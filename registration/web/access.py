"""Who may open what: ONE table of every route. `web.guarding` asks it before every request.

Closed unless opened: what is not listed answers 404, whoever asks. A test walks the site's map and
finds a route without a line here, a line without a route, and a GET that writes.
"""

from urllib.parse import urlsplit

from flask import current_app
from werkzeug.exceptions import HTTPException

from registration.web.doors import Door, Rule

_PUBLIC = Rule(Door.PUBLIC)
_ENTRY = Rule(Door.ENTRY)
_DELEGATION = Rule(Door.DELEGATION)
_SUBMISSION = Rule(Door.SUBMISSION)
_STAFF = Rule(Door.STAFF)
_SECRETARIAT = Rule(Door.SECRETARIAT)
_DOOR = Rule(Door.DOOR)
_ADMINISTRATOR = Rule(Door.ADMINISTRATOR)
_ACCOUNTS = Rule(Door.ACCOUNTS)
_TRAVEL = Rule(Door.TRAVEL)
_HOST = Rule(Door.HOST)
_CLOSED = Rule(Door.CLOSED)

RULES: dict[str, Rule] = {
    # What every page needs
    "static": _PUBLIC,
    "assets.style_sheet": _PUBLIC,
    "bootstrap.static": _CLOSED,
    "language.choose": _PUBLIC,
    "health.live": _PUBLIC,
    "health.ready": _PUBLIC,
    # Pages for everybody
    "public.home": _PUBLIC,
    "public.meeting": _PUBLIC,
    "public.privacy": _PUBLIC,
    "public.accessibility": _PUBLIC,
    "public.verify": _PUBLIC,
    "public.check_file": _PUBLIC,
    "public.verified": Rule(Door.PUBLIC, writes_on_get="the count of letters not found"),
    # Private links and the pages of delegates
    "doorstep.open_link": Rule(Door.PUBLIC, writes_on_get="the count of links that open nothing"),
    "delegate.register": _PUBLIC,
    "delegate.submit": _PUBLIC,
    "delegate.sent": _PUBLIC,
    "delegate.entries": _PUBLIC,
    "delegate.send_link": _PUBLIC,
    # Asks for the proof that the new address's own link left in the session.
    "delegate.address": _PUBLIC,
    "delegate.confirm_address": _PUBLIC,
    "delegate.entry": _ENTRY,
    "delegate.confirm": _ENTRY,
    "delegate.confirm_entry": _ENTRY,
    "delegate.correct": _ENTRY,
    "delegate.save_correction": _ENTRY,
    "delegate.accept": _ENTRY,
    "delegate.save_acceptance": _ENTRY,
    "delegate.withdraw": _ENTRY,
    "delegate.save_withdrawal": _ENTRY,
    "delegate.letter": _ENTRY,
    "delegate.letter_page": _ENTRY,
    "delegate.record": _ENTRY,
    "delegate.certificate": _ENTRY,
    "delegate.save_listing": _ENTRY,
    "delegate.segments": _ENTRY,
    "delegate.save_segments": _ENTRY,
    "delegate.travel": _ENTRY,
    "delegate.save_travel": _ENTRY,
    "delegate.needs": _ENTRY,
    "delegate.save_needs": _ENTRY,
    "delegate.ticket": _ENTRY,
    "delegate.passport": Rule(Door.ENTRY, writes_on_get="the history line of the opening"),
    # The page of a delegation's focal point
    "delegate.delegation": _DELEGATION,
    "delegate.nominate": _DELEGATION,
    "delegate.save_nomination": _DELEGATION,
    "delegate.replace": _DELEGATION,
    "delegate.save_replacement": _DELEGATION,
    "delegate.withdraw_delegate": _DELEGATION,
    "delegate.save_delegate_withdrawal": _DELEGATION,
    "delegate.give_word": _DELEGATION,
    # Calls: their pages and forms, and what was sent to them
    "calls.call": _PUBLIC,
    "calls.send": _PUBLIC,
    "calls.sent": _PUBLIC,
    # The token in the address, from the mail, is what lets one leave, and nothing else.
    "calls.leave": Rule(Door.PUBLIC, writes_on_get="the count of links that open nothing"),
    "calls.leave_now": _PUBLIC,
    "calls.published": _PUBLIC,
    "calls.published_paper": _PUBLIC,
    "calls.published_file": _PUBLIC,
    "calls.submission": _SUBMISSION,
    "calls.answers": _SUBMISSION,
    "calls.save_answers": _SUBMISSION,
    "calls.save_answer": _SUBMISSION,
    "calls.attach": _SUBMISSION,
    "calls.detach": _SUBMISSION,
    "calls.attached": _SUBMISSION,
    "calls.confirm": _SUBMISSION,
    "calls.correct": _SUBMISSION,
    "calls.save_correction": _SUBMISSION,
    "calls.withdraw": _SUBMISSION,
    "calls.save_withdrawal": _SUBMISSION,
    # Signing in to the desks
    "security.login": _PUBLIC,
    "security.two_factor_token_validation": _PUBLIC,
    "security.forgot_password": _PUBLIC,
    "security.reset_password": _PUBLIC,
    "security.logout": _STAFF,
    "security.change_password": _STAFF,
    "security.verify": _STAFF,
    "security.two_factor_setup": _STAFF,
    "security.two_factor_setup_validate": _STAFF,
    "security.tf_select": _PUBLIC,
    "security.mf_recovery": _PUBLIC,
    "security.wan_signin": _PUBLIC,
    "security.wan_signin_response": _PUBLIC,
    "security.mf_recovery_codes": _STAFF,
    "security.wan_register": _STAFF,
    "security.wan_register_response": _STAFF,
    "security.wan_delete": _STAFF,
    "security.two_factor_rescue": _CLOSED,
    # The link of an invitation; the page after it asks for what the link left in the session.
    "secretariat.open_invitation": Rule(
        Door.PUBLIC, writes_on_get="the count of links that open nothing"
    ),
    "secretariat.welcome": _PUBLIC,
    "secretariat.choose_password": _PUBLIC,
    # Accounts
    "secretariat.account": _STAFF,
    "secretariat.save_account": _STAFF,
    "secretariat.end_session": _STAFF,
    "secretariat.staff": _ACCOUNTS,
    "secretariat.invite_staff": _ACCOUNTS,
    "secretariat.staff_account": _ACCOUNTS,
    "secretariat.save_roles": _ACCOUNTS,
    "secretariat.change_account": _ACCOUNTS,
    "secretariat.staff_doings": _ACCOUNTS,
    # The desks
    "secretariat.home": _STAFF,
    "secretariat.overview": _SECRETARIAT,
    "secretariat.entries": _SECRETARIAT,
    "secretariat.search": _SECRETARIAT,
    "secretariat.entry": _SECRETARIAT,
    "secretariat.passport_picture": Rule(
        Door.SECRETARIAT, writes_on_get="the history line of the opening"
    ),
    "secretariat.passport_page": _SECRETARIAT,
    "secretariat.file": Rule(Door.SECRETARIAT, writes_on_get="the history line of the opening"),
    "secretariat.letter": Rule(Door.SECRETARIAT, writes_on_get="the history line of the opening"),
    "secretariat.record": Rule(Door.SECRETARIAT, writes_on_get="the history line of the opening"),
    "secretariat.travel": _TRAVEL,
    "secretariat.traveller": Rule(Door.TRAVEL, writes_on_get="the history line of the look"),
    "secretariat.save_ticket": _TRAVEL,
    "secretariat.cancel_ticket": Rule(Door.TRAVEL, to_cancel=True),
    "secretariat.passport_zip": _TRAVEL,
    "secretariat.make_zip_password": _TRAVEL,
    "secretariat.download_passports": _TRAVEL,
    "secretariat.host": _HOST,
    "secretariat.rooms": _HOST,
    "secretariat.save_rooms": _HOST,
    "secretariat.cancel_room": _HOST,
    "secretariat.traveller_picture": Rule(
        Door.TRAVEL, writes_on_get="the history line of the opening"
    ),
    "secretariat.traveller_file": Rule(
        Door.TRAVEL, writes_on_get="the history line of the opening"
    ),
    "secretariat.delegations": _SECRETARIAT,
    "secretariat.delegation": _SECRETARIAT,
    "secretariat.save_focal_point": _SECRETARIAT,
    "secretariat.send_delegation_link": _SECRETARIAT,
    "secretariat.revoke_delegation_link": _SECRETARIAT,
    "secretariat.save_delegation_setting": _SECRETARIAT,
    "secretariat.extend_delegation": _SECRETARIAT,
    "secretariat.add_delegation_seat": _ADMINISTRATOR,
    "secretariat.drop_delegation_seat": _ADMINISTRATOR,
    "secretariat.swap_delegates": _SECRETARIAT,
    "secretariat.dates": _ADMINISTRATOR,
    "secretariat.save_dates": _ADMINISTRATOR,
    "secretariat.save_admission": _ADMINISTRATOR,
    "secretariat.new_delegation": _ADMINISTRATOR,
    "secretariat.save_new_delegation": _ADMINISTRATOR,
    "secretariat.decide": _SECRETARIAT,
    "secretariat.take_back": _SECRETARIAT,
    "secretariat.save_note": _SECRETARIAT,
    "secretariat.version": _SECRETARIAT,
    "secretariat.replace": _SECRETARIAT,
    "secretariat.save_replacement": _SECRETARIAT,
    "secretariat.note_verbale": _SECRETARIAT,
    "secretariat.save_note_verbale": _SECRETARIAT,
    "secretariat.undo_note_verbale": _SECRETARIAT,
    "secretariat.decline": _SECRETARIAT,
    "secretariat.save_decline": _SECRETARIAT,
    "secretariat.amend": _SECRETARIAT,
    "secretariat.save_amendment": _SECRETARIAT,
    "secretariat.outdated_letters": _SECRETARIAT,
    "secretariat.reissue": _SECRETARIAT,
    "secretariat.save_reissue": _SECRETARIAT,
    "secretariat.withdraw": _SECRETARIAT,
    "secretariat.save_withdrawal": _SECRETARIAT,
    "secretariat.promote": _SECRETARIAT,
    "secretariat.send_again": _SECRETARIAT,
    "secretariat.enter": _SECRETARIAT,
    "secretariat.save_entry": _SECRETARIAT,
    "secretariat.import_people": _SECRETARIAT,
    "secretariat.import_template": _SECRETARIAT,
    "secretariat.preview_import": _SECRETARIAT,
    "secretariat.save_import": _SECRETARIAT,
    "secretariat.retention": _SECRETARIAT,
    "secretariat.erasure_record": _SECRETARIAT,
    "secretariat.erase": _ADMINISTRATOR,
    "secretariat.save_erasure": _ADMINISTRATOR,
    "secretariat.accept": _SECRETARIAT,
    "secretariat.save_acceptance": _SECRETARIAT,
    "secretariat.approve_many": _SECRETARIAT,
    # What was sent to calls
    "secretariat.calls": _SECRETARIAT,
    "secretariat.call": _SECRETARIAT,
    "secretariat.export_call": _SECRETARIAT,
    "secretariat.compare_submissions": _SECRETARIAT,
    "secretariat.submission": _SECRETARIAT,
    "secretariat.decide_submission": _SECRETARIAT,
    "secretariat.tell_decision": _SECRETARIAT,
    "secretariat.send_decision": _SECRETARIAT,
    "secretariat.publish_decision": _SECRETARIAT,
    # Each desk has its own tables (`domain.exports`); the view asks for which.
    "secretariat.exports": _STAFF,
    "secretariat.export": _STAFF,
    "secretariat.export_chosen": _SECRETARIAT,
    "secretariat.segments": _SECRETARIAT,
    "secretariat.export_segment": _SECRETARIAT,
    "secretariat.attending": _SECRETARIAT,
    "secretariat.save_attending": _SECRETARIAT,
    "secretariat.papers": _SECRETARIAT,
    "secretariat.ask_for_paper": _SECRETARIAT,
    "secretariat.batch": _SECRETARIAT,
    "secretariat.paper": Rule(
        Door.SECRETARIAT, writes_on_get="the line of the opening in the meeting's history"
    ),
    "secretariat.messages": _SECRETARIAT,
    "secretariat.write": _SECRETARIAT,
    "secretariat.compose": _SECRETARIAT,
    "secretariat.save_message": _SECRETARIAT,
    "secretariat.preview_message": _SECRETARIAT,
    "secretariat.message_frame": _SECRETARIAT,
    "secretariat.send_message": _SECRETARIAT,
    "secretariat.texts": _ADMINISTRATOR,
    "secretariat.text_group": _ADMINISTRATOR,
    "secretariat.save_texts": _ADMINISTRATOR,
    "secretariat.specimen_letter": _ADMINISTRATOR,
    "secretariat.reminders": _SECRETARIAT,
    "secretariat.reminder_round": _SECRETARIAT,
    "secretariat.reminder_frame": _SECRETARIAT,
    "secretariat.decide_round": _SECRETARIAT,
    "secretariat.remind_chosen": _SECRETARIAT,
    "secretariat.answers_beside": _SECRETARIAT,
    "secretariat.export_call_answers": _SECRETARIAT,
    "secretariat.begin_draft": _SECRETARIAT,
    "secretariat.save_draft": _SECRETARIAT,
    "secretariat.publish_answers": _SECRETARIAT,
    "secretariat.unpublish_answers": _SECRETARIAT,
    "secretariat.record_arrival": _SECRETARIAT,
    "secretariat.undo_arrival": _SECRETARIAT,
    "secretariat.save_undo": _SECRETARIAT,
    "secretariat.door": _DOOR,
    "secretariat.check_in": _DOOR,
    "secretariat.at_door": _DOOR,
    "secretariat.ask_at_door": _DOOR,
    "secretariat.scan": _DOOR,
    "secretariat.door_search": _DOOR,
    "secretariat.door_numbers": _DOOR,
    "secretariat.door_missing": _DOOR,
    "secretariat.door_person": _DOOR,
    "secretariat.door_arrival": _DOOR,
    "secretariat.door_undo": _DOOR,
    "secretariat.save_door_undo": _DOOR,
    "secretariat.door_sign": _DOOR,
    "secretariat.save_door_sign": _DOOR,
    "secretariat.door_letter_page": Rule(
        Door.DOOR, writes_on_get="the history line of the opening"
    ),
    "secretariat.door_badge": _DOOR,
    "secretariat.door_nameplate": _DOOR,
}


def is_desk_path(address: str) -> bool:
    """Return whether the address is a path of this site to a page of the desks (T34).

    Whatever names a host, another scheme, or a page that does not exist is none.
    """
    parts = urlsplit(address)
    if parts.scheme or parts.netloc or not parts.path.startswith("/"):
        return False
    try:
        endpoint, _ = current_app.url_map.bind("localhost").match(parts.path, method="GET")
    except HTTPException:
        return False
    return endpoint in RULES and endpoint.partition(".")[0] in {"secretariat", "security"}

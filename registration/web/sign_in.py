"""Signing in to the desks: Flask-Security under `/<lang>/secretariat/`, set up and guarded.

The library keeps passwords and codes; here stand the addresses, what may be tried how often, where
a browser is sent afterwards, and what is written down.
"""

from datetime import timedelta
from functools import wraps
from http import HTTPStatus
from typing import Any, cast
from urllib.parse import urlsplit

from flask import (
    Flask,
    Response,
    after_this_request,
    flash,
    g,
    make_response,
    redirect,
    request,
    session,
    url_for,
)
from flask.typing import ResponseReturnValue, RouteCallable
from flask_babel import gettext
from flask_login import user_logged_out
from flask_security import (
    Security,
    SQLAlchemyUserDatastore,
    password_changed,
    password_reset,
    tf_disabled,
    tf_profile_changed,
    user_authenticated,
    wan_deleted,
    wan_registered,
)

from config import Settings
from registration.domain.events import By, Event
from registration.domain.states import Actor
from registration.registrar import accounts
from registration.store.database import db
from registration.store.tables.accounts import DbStaff, DbStaffPasskey, DbStaffRole
from registration.web import account_mail, limits, other_factors, sign_in_words, staff
from registration.web.desk_paths import is_desk_path
from registration.web.known_browsers import find_known_browser, plain, remember_browser
from registration.web.office import current_office
from registration.web.other_factors import HashedCodes, PasskeyForm, Passkeys, RecoveryForm
from registration.web.places import remember_place
from registration.web.second_factor import SingleUseTotp
from registration.web.sign_in_forms import (
    SHORTEST_PASSWORD,
    CodeForm,
    ForgottenForm,
    NewPasswordForm,
    NoRescueForm,
    OtherPasswordForm,
    PasswordAgainForm,
    SecondFactorForm,
    SignInForm,
)

_OPTIONS: dict[str, Any] = {
    "URL_PREFIX": "/<language:lang>/secretariat",
    "STATIC_FOLDER": None,
    "LOGIN_URL": "/sign-in",
    "TWO_FACTOR_TOKEN_VALIDATION_URL": "/sign-in/code",
    "TWO_FACTOR_SELECT_URL": "/sign-in/method",
    "TWO_FACTOR_RESCUE_URL": "/sign-in/rescue",
    "LOGOUT_URL": "/sign-out",
    "CHANGE_URL": "/password",
    "RESET_URL": "/password/forgotten",
    "VERIFY_URL": "/password/again",
    "TWO_FACTOR_SETUP_URL": "/second-factor",
    "POST_LOGIN_VIEW": "secretariat.home",
    "POST_LOGOUT_VIEW": "security.login",
    "POST_CHANGE_VIEW": "secretariat.home",
    "POST_VERIFY_VIEW": "security.two_factor_setup",
    "TWO_FACTOR_POST_SETUP_VIEW": "security.two_factor_setup",
    "TWO_FACTOR_ERROR_VIEW": "security.login",
    "PASSWORD_HASH": "argon2",
    "PASSWORD_SCHEMES": ["argon2"],
    # No pepper: with the site's secret in every hash, a new secret would lock out the whole staff.
    "PASSWORD_SINGLE_HASH": {"argon2"},
    "PASSWORD_LENGTH_MIN": SHORTEST_PASSWORD,
    # What a reset link says of the password's hash, which no guess can find. A slow digest would
    # tell by the time of the answer that there is an account.
    "HASHING_SCHEMES": ["hex_sha256"],
    "DEPRECATED_HASHING_SCHEMES": [],
    "CHANGEABLE": True,
    "RECOVERABLE": True,
    "RESET_PASSWORD_WITHIN": timedelta(hours=account_mail.LINK_HOURS),
    "TWO_FACTOR": True,
    "TWO_FACTOR_ENABLED_METHODS": ["authenticator"],
    # Seconds that a code may be early or late: one step of 30 (T42).
    "TWO_FACTOR_AUTHENTICATOR_VALIDITY": 30,
    "TWO_FACTOR_RESCUE_EMAIL": False,
    "FRESHNESS": timedelta(minutes=15),
    "FRESHNESS_GRACE_PERIOD": timedelta(0),
    "RETURN_GENERIC_RESPONSES": True,
    "EMAIL_VALIDATOR_ARGS": {"check_deliverability": False},
    # The words are ours, in account_mail; the library's templates are not rendered.
    "EMAIL_PLAINTEXT": False,
    "EMAIL_HTML": False,
    "API_ENABLED_METHODS": ["session"],
    "CLI_USERS_NAME": None,
    "CLI_ROLES_NAME": None,
    "CACHE_CONTROL": None,
}


#: Views between the password and the desk.
_FOR_STRANGERS = (
    "security.two_factor_token_validation",
    "security.tf_select",
    "security.mf_recovery",
    "security.wan_signin",
    "security.wan_signin_response",
)


class _Security(Security):
    def _check_modules(self, module: str, config_name: str) -> Any:  # noqa: ANN401  # the library's
        """Let the QR code be drawn by segno, which we have, instead of qrcode."""
        return module == "qrcode" or super()._check_modules(module, config_name)  # type: ignore[no-untyped-call]  # it is not


def init_app(app: Flask, settings: Settings) -> None:
    """Set up accounts and sign-in. Must come after the database, the languages and CSRFProtect."""
    sign_in_words.init_app(app)
    options = {**_OPTIONS, **other_factors.OPTIONS}
    app.config.update({f"SECURITY_{name}": value for name, value in options.items()})
    app.config["SECURITY_TOTP_ISSUER"] = urlsplit(settings.base_url).hostname
    app.config["SECURITY_TOTP_SECRETS"] = settings.vault_keys
    app.config["SECURITY_WAN_RP_NAME"] = urlsplit(settings.base_url).hostname
    security = _Security(
        app,
        SQLAlchemyUserDatastore(db, DbStaff, DbStaffRole, DbStaffPasskey),
        login_form=SignInForm,
        forgot_password_form=ForgottenForm,
        reset_password_form=NewPasswordForm,
        change_password_form=OtherPasswordForm,
        verify_form=PasswordAgainForm,
        two_factor_setup_form=SecondFactorForm,
        two_factor_verify_code_form=CodeForm,
        two_factor_rescue_form=NoRescueForm,
        mf_recovery_form=RecoveryForm,
        mf_recovery_codes_util_cls=HashedCodes,
        wan_register_form=PasskeyForm,
        webauthn_util_cls=Passkeys,
        mail_util_cls=account_mail.OutboxMailUtil,
        totp_cls=SingleUseTotp,
    )
    security.want_json(lambda _request: False)
    # It would look up who is signed in before every request, static files and probes included, for
    # permissions of the library's that no page asks for; `web.guarding` asks where it matters.
    security.principal.identity_loaders.clear()
    staff.init_app(app)
    app.before_request(_count_tries)
    cast(HashedCodes, security.mf_recovery_codes_util).tell = _recovery_codes
    for name in _FOR_STRANGERS:
        app.view_functions[name] = _for_strangers(app.view_functions[name])
    app.after_request(_answer_as_the_house_does)
    user_authenticated.connect(_signed_in, app)
    user_logged_out.connect(_signed_out, app)
    password_changed.connect(_password_changed, app)
    password_reset.connect(_password_changed, app)
    tf_profile_changed.connect(_second_factor_changed, app)
    tf_disabled.connect(_second_factor_changed, app)
    wan_registered.connect(_passkeys_changed, app)
    wan_deleted.connect(_passkeys_changed, app)


def _count_tries() -> None:
    """Count what can be guessed. The answer to too many is the same for names nobody has."""
    if request.method != "POST":
        return
    match request.endpoint:
        case "security.login":
            limits.guard(limits.SIGN_IN_SOURCE)
            _guard_account(request.form.get("email", ""))
        case "security.verify" | "security.change_password":
            user = staff.find_staff()
            limits.guard(limits.SIGN_IN_KNOWN_BROWSER, f"account|{user.id if user else 0}")
        case (
            "security.two_factor_token_validation"
            | "security.mf_recovery"
            | "security.wan_signin_response"
        ):
            limits.guard(limits.SECOND_FACTOR, str(session.get("tf_user_id")))
        case "security.forgot_password":
            limits.guard(limits.RECOVERY_SOURCE)


def _for_strangers(view: RouteCallable) -> RouteCallable:
    """Send whoever is signed in on to the desk: the library would sign them out here, by a GET."""

    @wraps(view)
    def decorated(**values: Any) -> ResponseReturnValue:  # noqa: ANN401  # of the address
        if staff.find_staff() is not None:
            return redirect(url_for("secretariat.home"), HTTPStatus.SEE_OTHER)
        return view(**values)  # type: ignore[return-value]  # none of the library's is async

    return decorated


def _guard_account(email: str) -> None:
    browser = find_known_browser(email)
    if browser is None:
        limits.guard(limits.SIGN_IN_ACCOUNT, plain(email))
    else:
        limits.guard(limits.SIGN_IN_KNOWN_BROWSER, browser)


def _signed_in(_app: Flask, *, user: DbStaff, authn_via: list[str] | None, **_: Any) -> None:  # noqa: ANN401
    """Write the sign-in down, set the counts back, and know this browser from now on."""
    limits.counters().forget(limits.SIGN_IN_ACCOUNT, plain(user.email))
    limits.counters().forget(limits.SECOND_FACTOR, user.fs_uniquifier)
    if authn_via != ["change"]:
        _record(user, Event.SIGNED_IN)
        if not remember_place(user) and authn_via != ["invitation"]:
            account_mail.signed_in_elsewhere(user)
    email = user.email

    @after_this_request
    def _know(response: Response) -> Response:
        return remember_browser(response, email)


def _password_changed(_app: Flask, *, user: DbStaff, **_: Any) -> None:  # noqa: ANN401
    _record(user, Event.PASSWORD_CHANGED)


def _second_factor_changed(_app: Flask, *, user: DbStaff, **_: Any) -> None:  # noqa: ANN401
    account_mail.second_factor_changed(user)
    _record(user, Event.ACCOUNT_CHANGED, {"second_factor": user.tf_primary_method or "off"})


def _passkeys_changed(_app: Flask, **_: Any) -> None:  # noqa: ANN401
    owner = staff.get_staff()  # the library hands on its proxy
    account_mail.second_factor_changed(owner)
    _record(owner, Event.ACCOUNT_CHANGED, {"second_factor": "passkeys"})


def _recovery_codes(user: DbStaff, what: str) -> None:
    left = len(user.mf_recovery_codes or [])
    _record(user, Event.ACCOUNT_CHANGED, {"recovery_codes": what, "left": str(left)})
    if what == "used":
        account_mail.recovery_code_used(user, left)


def _signed_out(_app: Flask, *, user: DbStaff, **_: Any) -> None:  # noqa: ANN401
    _record(user, Event.SIGNED_OUT)


def _record(user: DbStaff, event: Event, facts: dict[str, str] | None = None) -> None:
    """Write a line into the account's own history, once all that happened before is written."""
    db.session.commit()
    by = By(actor=Actor.SECRETARIAT, staff_id=user.id, name=user.name)
    accounts.record(current_office(), by, event, at=g.arrived_at, facts=facts)


def _answer_as_the_house_does(response: Response) -> Response:
    """Give the library's answers our codes, and let no redirect leave the desk (T34).

    A form that is shown again is 422, what was done is 303, and "forgotten" always looks done.
    """
    if request.blueprint != "security":
        return response
    if response.location and not is_desk_path(response.location):
        response.location = url_for("secretariat.home")
    if request.method == "POST" and response.status_code == HTTPStatus.FOUND:
        response.status_code = HTTPStatus.SEE_OTHER
    elif request.method == "POST" and response.status_code == HTTPStatus.OK:
        return _answer_to_form(response)
    return response


def _answer_to_form(page: Response) -> Response:
    if request.endpoint == "security.forgot_password" and g.get("looks_like_an_address"):
        flash(
            gettext(
                "If this address has an account, we sent a message to it. "
                "Its link works for one hour."
            ),
            "done",
        )
        return make_response(redirect(url_for("security.login"), HTTPStatus.SEE_OTHER))
    # Choosing the app is answered by the page with its QR code, and a passkey's name by the page
    # that asks the browser for it: that is no refusal.
    if request.endpoint != "security.two_factor_setup" and not g.get("went_on"):
        page.status_code = HTTPStatus.UNPROCESSABLE_ENTITY
    return page

"""The forms of signing in: Flask-Security's, with our labels and without what we do not offer."""

import re
from typing import Any

from flask import g
from flask_babel import gettext, lazy_gettext
from flask_security import (
    ChangePasswordForm,
    ForgotPasswordForm,
    LoginForm,
    ResetPasswordForm,
    TwoFactorRescueForm,
    TwoFactorSetupForm,
    TwoFactorVerifyCodeForm,
    VerifyForm,
)
from flask_security.forms import (
    EmailValidation,
    email_required,
    password_required,
    valid_user_email,
)
from wtforms import EmailField, Field, PasswordField, RadioField, SelectChoice, StringField
from wtforms.validators import DataRequired, EqualTo, Length

from registration.web import limits
from registration.web.desk_paths import is_desk_path
from registration.web.known_browsers import plain

_ADDRESS = re.compile(r"[^@\s]+@[^@\s]+")
#: Characters. Shorter ones can be guessed, longer ones cost a slow hash for nothing.
SHORTEST_PASSWORD, LONGEST_PASSWORD = 12, 200

_length = Length(max=LONGEST_PASSWORD, message=lazy_gettext("This is too long for a password."))
_differ = lazy_gettext("The two passwords differ.")


class _DeskNext:
    """Whoever signs in by a link that leads elsewhere, or nowhere, comes to the desk (T34): the
    address is not theirs to mend, and the library would refuse the right password for it."""

    def validate_next(self, field: Field) -> None:
        if not is_desk_path(field.data or ""):
            field.data = ""


class SignInForm(_DeskNext, LoginForm):
    """E-mail address and password. Whether the browser remembers is not asked: it does not."""

    email = EmailField(
        lazy_gettext("E-mail address"), validators=[email_required, EmailValidation(verify=False)]
    )
    password = PasswordField(lazy_gettext("Password"), validators=[password_required, _length])
    remember = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  # Flask-Security's own
        super().__init__(*args, **kwargs)
        self.password.description = ""


class ForgottenForm(ForgotPasswordForm):
    """The address of the account whose password is forgotten."""

    email = EmailField(
        lazy_gettext("E-mail address"),
        validators=[email_required, EmailValidation(verify=False), valid_user_email],
    )

    def validate(self, **kwargs: Any) -> bool:  # noqa: ANN401  # Flask-Security's own
        """Return whether a mail goes out. Whoever asks is told the same whether one does or not."""
        typed = (self.email.data or "").strip()
        g.looks_like_an_address = bool(_ADDRESS.fullmatch(typed))
        if not g.looks_like_an_address:
            self.form_errors.append(gettext("Enter a full e-mail address."))
            return False
        # An account that has asked often is mailed no more for a while, and nobody is told so.
        spent = limits.counters().count(limits.RECOVERY_ACCOUNT, plain(typed), now=g.arrived_at)
        return bool(super().validate(**kwargs)) and spent is None


class NewPasswordForm(ResetPasswordForm):
    """A new password, by the link from the mail."""

    password = PasswordField(lazy_gettext("New password"), validators=[password_required, _length])
    password_confirm = PasswordField(
        lazy_gettext("New password once more"),
        validators=[password_required, EqualTo("password", message=_differ)],
    )


class OtherPasswordForm(ChangePasswordForm):
    """The present password and a new one."""

    password = PasswordField(
        lazy_gettext("Present password"), validators=[password_required, _length]
    )
    new_password = PasswordField(
        lazy_gettext("New password"), validators=[password_required, _length]
    )
    new_password_confirm = PasswordField(
        lazy_gettext("New password once more"),
        validators=[password_required, EqualTo("new_password", message=_differ)],
    )


class PasswordAgainForm(_DeskNext, VerifyForm):
    """The password once more, before something about signing in is changed."""

    password = PasswordField(lazy_gettext("Password"), validators=[password_required, _length])


class SecondFactorForm(TwoFactorSetupForm):
    """Whether the code of an app is asked for when one signs in."""

    setup = RadioField(
        lazy_gettext("When you sign in"),
        choices=[
            SelectChoice(
                "authenticator", lazy_gettext("Ask for the password and the code of an app")
            ),
            SelectChoice("disable", lazy_gettext("Ask for the password alone")),
        ],
        validate_choice=False,
    )


class CodeForm(TwoFactorVerifyCodeForm):
    """The six digits that the app shows."""

    code = StringField(
        lazy_gettext("Six-digit code"),
        validators=[DataRequired(message=lazy_gettext("Enter the six digits that the app shows."))],
    )


class NoRescueForm(TwoFactorRescueForm):
    """Flask-Security makes this form with each page for the code; we show none of it."""

    help_setup = RadioField(choices=[SelectChoice("help", "help")])

"""What Flask-Security says to staff, in our own words and from our own catalogs."""

from flask import Flask

from registration.language.translator import CATALOGS


def N_(message: str) -> str:  # noqa: N802  # the name that the extraction of texts looks for
    """Mark a text for translation; Flask-Security looks it up when it is shown."""
    return message


#: Name of the message in Flask-Security, the sentence, and the kind of the flash.
_MESSAGES = {
    "GENERIC_AUTHN_FAILED": (
        N_("The e-mail address and the password do not go together. Check both."),
        "failure",
    ),
    "DISABLED_ACCOUNT": (
        N_("The e-mail address and the password do not go together. Check both."),
        "failure",
    ),
    "EMAIL_NOT_PROVIDED": (N_("Enter your e-mail address."), "failure"),
    "INVALID_EMAIL_ADDRESS": (
        N_("Enter a full e-mail address, for example name@institution.org."),
        "failure",
    ),
    "PASSWORD_NOT_PROVIDED": (N_("Enter the password."), "failure"),
    "INVALID_PASSWORD": (N_("This is not your present password."), "failure"),
    "RETYPE_PASSWORD_MISMATCH": (N_("The two passwords differ."), "failure"),
    "PASSWORD_INVALID_LENGTH": (
        N_("Choose a password of %(length)s characters or more."),
        "failure",
    ),
    "PASSWORD_IS_THE_SAME": (N_("Choose another password than the present one."), "failure"),
    "PASSWORD_CHANGE": (
        N_("Your password is changed. Other browsers that were signed in are signed out."),
        "done",
    ),
    "PASSWORD_RESET_NO_LOGIN": (
        N_("Your password is changed. Sign in with the new one."),
        "done",
    ),
    "PASSWORD_RESET_EXPIRED": (
        N_("This link has expired. Ask for a new one."),
        "attention",
    ),
    "INVALID_RESET_PASSWORD_TOKEN": (
        N_("This link has been used or has expired. Ask for a new one."),
        "attention",
    ),
    "UNAUTHENTICATED": (N_("Sign in to see this page."), "attention"),
    "REAUTHENTICATION_REQUIRED": (
        N_("Enter your password once more before you change how you sign in."),
        "attention",
    ),
    "REAUTHENTICATION_SUCCESSFUL": (N_("Thank you. You can go on."), "done"),
    "TWO_FACTOR_INVALID_TOKEN": (
        N_("This code does not work. Enter the one that the app shows now; each is used once."),
        "failure",
    ),
    "TWO_FACTOR_LOGIN_SUCCESSFUL": (N_("You are signed in."), "done"),
    "TWO_FACTOR_CHANGE_METHOD_SUCCESSFUL": (
        N_("From now on you need the app's code to sign in."),
        "done",
    ),
    "TWO_FACTOR_PERMISSION_DENIED": (
        N_("Enter your e-mail address and password first."),
        "attention",
    ),
    "TWO_FACTOR_METHOD_NOT_AVAILABLE": (N_("Choose one of the two."), "failure"),
    "TWO_FACTOR_DISABLED": (
        N_("From now on your password alone signs you in."),
        "done",
    ),
    "INVALID_RECOVERY_CODE": (
        N_("This recovery code does not work. Each of them is used once."),
        "failure",
    ),
    "WEBAUTHN_EXPIRED": (N_("That took too long. Begin again."), "attention"),
    "WEBAUTHN_NAME_REQUIRED": (N_("Give the passkey a name."), "failure"),
    "WEBAUTHN_NAME_INUSE": (
        N_("You have a passkey of this name already. Choose another name."),
        "failure",
    ),
    "WEBAUTHN_NAME_NOT_FOUND": (N_("You have no passkey of this name."), "failure"),
    "WEBAUTHN_CREDENTIAL_DELETED": (N_("The passkey is removed."), "done"),
    "WEBAUTHN_REGISTER_SUCCESSFUL": (
        N_("The passkey is added. From now on you can sign in with it after the password."),
        "done",
    ),
    "WEBAUTHN_CREDENTIAL_ID_INUSE": (N_("This passkey was added before."), "failure"),
    "WEBAUTHN_UNKNOWN_CREDENTIAL_ID": (N_("This passkey does not work here."), "failure"),
    "WEBAUTHN_ORPHAN_CREDENTIAL_ID": (N_("This passkey does not work here."), "failure"),
    "WEBAUTHN_NO_VERIFY": (N_("This passkey does not work here."), "failure"),
    "WEBAUTHN_CREDENTIAL_WRONG_USAGE": (N_("This passkey does not work here."), "failure"),
    "WEBAUTHN_MISMATCH_USER_HANDLE": (N_("This passkey does not work here."), "failure"),
    "TWO_FACTOR_SETUP_EXPIRED": (N_("That took too long. Begin again."), "attention"),
    "INVALID_REDIRECT": (N_("Sign in to see this page."), "attention"),
    "API_ERROR": (N_("That took too long. Begin again."), "attention"),
}


def init_app(app: Flask) -> None:
    """Give Flask-Security our sentences. Must come before Flask-Security is set up."""
    app.config["SECURITY_I18N_DOMAIN"] = "messages"
    app.config["SECURITY_I18N_DIRNAME"] = [str(CATALOGS)]
    for name, message in _MESSAGES.items():
        app.config[f"SECURITY_MSG_{name}"] = message

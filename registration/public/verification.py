"""The page on which anybody with a letter in hand learns whether it is genuine."""

from flask import render_template

from registration.public import blueprint


@blueprint.get("/verify/")
def verify() -> str:
    """Ask for the code of a letter."""
    return render_template("public/verify.html")

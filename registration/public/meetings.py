"""The list of meetings and the page of one."""

from flask import render_template

from registration.public import blueprint
from registration.web.current_meeting import list_meetings


@blueprint.get("/")
def home() -> str:
    """Show the meetings of the site."""
    return render_template("public/home.html", meetings=list_meetings())


@blueprint.get("/<meeting>/")
def meeting() -> str:
    """Show one meeting: when, where, who pays what, and how to register."""
    return render_template("public/meeting.html")


@blueprint.get("/<meeting>/privacy")
def privacy() -> str:
    """Say what happens to the data and to the copy of the passport."""
    return render_template("public/privacy.html")


@blueprint.get("/accessibility")
def accessibility() -> str:
    """Say how the site can be used, and whom to tell where it cannot."""
    return render_template("public/accessibility.html")

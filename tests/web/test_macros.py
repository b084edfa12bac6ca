"""The macros that forms are made of: everything is tied together, nothing typed is lost."""

import pytest
from flask import Flask, render_template_string
from flask_wtf import FlaskForm
from wtforms import BooleanField, EmailField, FileField, RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from registration.domain.states import State
from tests.pages import Page, Pages
from tests.sites import Site

TEMPLATE = """{% extends "base.html" %}
{% from "macros/form.html" import form_wrapper %}
{% from "macros/field.html" import field, field_group %}
{% from "macros/upload.html" import upload %}
{% from "macros/button.html" import button %}
{% block title %}Register{% endblock %}
{% block content %}
{% call form_wrapper(form, multipart=true) %}
{% call field_group("The delegate") %}
{{ field(form.position, hint="As in the letter", autocomplete="organization-title") }}
{{ field(form.email) }}{{ field(form.delegation) }}{{ field(form.language) }}
{% endcall %}
{{ upload(form.passport, received=received) }}{{ field(form.consent) }}
{{ button("Send") }}
{% endcall %}
{% endblock %}"""


class Form(FlaskForm):
    position = StringField("Position", validators=[InputRequired("Enter your position")])
    email = EmailField("E-mail address")
    delegation = SelectField("Delegation", choices=[SelectChoice("cr", "Costa Rica")])
    language = RadioField(
        "Language",
        choices=[SelectChoice("en", "English")],
        validators=[InputRequired("Choose one")],
    )
    passport = FileField("Passport", validators=[InputRequired("Attach a copy")])
    consent = BooleanField("I agree", validators=[InputRequired("Tick the box")])


@pytest.fixture
def pages(site: Site) -> Pages:
    # In the place of a page that is open to everybody and takes no arguments.
    site.app.view_functions["public.accessibility"] = _show
    site.app.url_map.add(_posting(site.app))
    return Pages(site.app, site.url)


def test_form_that_nobody_sent_shows_no_errors(pages: Pages) -> None:
    page = pages.get("/en/accessibility")

    assert "There is a problem" not in page.html
    assert page.title.startswith("Register")
    assert _control(page, "position") == {
        "aria-describedby": "position-hint",
        "autocomplete": "organization-title",
        "class": "field__control",
        "id": "position",
        "name": "position",
        "required": "",
        "type": "text",
        "value": "",
    }


def test_refused_form_ties_each_error_to_its_field(pages: Pages) -> None:
    page = pages.post("/en/accessibility", {"email": 'a"><script>@example.org', "position": ""})

    assert page.title.startswith("Error: Register")
    control = _control(page, "position")
    assert (control["aria-invalid"], control["aria-describedby"]) == (
        "true",
        "position-hint position-error",
    )
    assert _control(page, "email")["value"] == 'a"><script>@example.org'
    assert page.anchors[1:] == ["position", "language-0", "passport", "consent"]


def test_field_without_the_required_flag_is_said_to_be_optional(pages: Pages) -> None:
    page = pages.get("/en/accessibility")

    assert page.text.count("(optional)") == 1


def test_file_kept_from_before_is_shown(pages: Pages) -> None:
    page = pages.get("/en/accessibility?received=1")

    assert "pasaporte <1>.jpg 2.4 MB" in page.text
    assert "Received. It is kept while you finish the form." in page.text


@pytest.mark.parametrize("state", [None, *State])
def test_every_state_has_a_chip_with_its_word_and_an_arch(site: Site, state: State | None) -> None:
    source = (
        '{% from "macros/chip.html" import chip %}{% from "macros/arch.html" import arch %}'
        "{{ chip(state) }}{{ arch(state) }}"
    )
    with site.app.test_request_context("/es/", base_url=site.url):
        site.app.preprocess_request()
        html = render_template_string(source, state=state)
    css = site.app.test_client().get("/static/site.css", base_url=site.url).text

    name = state.value if state else "free"
    assert f"chip--{name}" in html
    assert f".arch--{name}" in css
    if state is not State.UNCONFIRMED:
        assert f".chip--{name}" in css


def _show() -> tuple[str, int]:
    from flask import request

    form = Form()
    sent = form.is_submitted()
    if sent:
        form.validate()
    kept = {"name": "pasaporte <1>.jpg", "size": 2_400_000} if "received" in request.args else None
    return render_template_string(TEMPLATE, form=form, received=kept), 422 if sent else 200


def _posting(app: Flask) -> object:
    return app.url_rule_class(
        "/<language:lang>/accessibility", endpoint="public.accessibility", methods=["POST"]
    )


def _control(page: Page, name: str) -> dict[str, str]:
    return next(attributes for _, attributes in page.controls if attributes["name"] == name)

"""A delegate's whole way, in both languages: form, link, button, letter, signature, withdrawal."""

import pytest

from registration.domain.states import State
from tests.delegates import (
    entry_path,
    fill,
    find_only,
    form_path,
    get,
    open_link,
    sent_path,
)
from tests.desks import make_guide
from tests.pages import Pages
from tests.sites import Site

WORDS = {
    "en": {
        "sent": "We sent a message to ana.morales@example.org.",
        "button": "Confirm my address",
        "submitted": "Submitted",
        "invited": "Sign the acceptance",
        "terms": "I accept the invitation to the II Preparation Workshop",
        "accepted": "Your participation is confirmed",
        "history": "Invitation letter accepted",
        "withdrawn": "This registration was withdrawn.",
    },
    "es": {
        "sent": "Enviamos un mensaje a ana.morales@example.org.",
        "button": "Confirmar mi",
        "submitted": "Recibida",
        "invited": "Firmar la aceptación",
        "terms": "Acepto la invitación al II Taller de preparación",
        "accepted": "Su participación está confirmada",
        "history": "Carta de invitación aceptada",
        "withdrawn": "cancel",
    },
}


@pytest.mark.parametrize("language", ["en", "es"])
def test_delegate_registers_accepts_and_withdraws(pages: Pages, site: Site, language: str) -> None:
    words = WORDS[language]

    pages.post(form_path(language), fill(language=language), status=303)
    assert words["sent"] in pages.get(sent_path(language)).text
    entry = find_only(site)

    def path(*below: str) -> str:
        return entry_path(entry, *below, language=language)

    assert open_link(pages, site, entry) == path("confirm")
    assert words["button"] in pages.get(path("confirm")).text
    pages.post(path("confirm"), {}, status=303)
    assert words["submitted"] in pages.get(path()).text

    guide = make_guide(site)
    guide.approve(get(site, entry))
    assert words["invited"] in pages.get(path()).text
    assert words["terms"] in pages.get(path("accept")).text
    signing = {"typed_name": "ana lucia morales vargas", "accept": "y"}
    pages.post(path("accept"), signing, status=303)
    text = pages.get(path()).text
    assert words["accepted"] in text
    assert words["history"] in text

    pages.post(path("withdraw"), {}, status=303)
    assert words["withdrawn"] in pages.get(path()).text.lower() + pages.get(path()).text
    assert get(site, entry).state is State.WITHDRAWN

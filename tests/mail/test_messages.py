import html
import re

import pytest

from registration.domain.calls import Answering
from registration.domain.events import READY_TEXTS, Occasion
from registration.domain.states import State
from registration.domain.submissions import Stand
from registration.language.translator import get_translator
from registration.mail.facts import MailFacts, ReadyText
from registration.mail.messages import TEMPLATES, Message, write_message
from tests.languages import list_foreign
from tests.mail.builders import (
    LINK,
    REASON,
    list_cases,
    make_call,
    make_facts,
    make_meeting,
    make_registration,
    make_submission,
)

BASES = {
    "base.html",
    "base.txt",
    "parts.html",
    "parts.txt",
    "submission_stands.html",
    "taking_part.html",
}


def test_every_occasion_has_a_template_and_no_template_lacks_one() -> None:
    names = {path.name for path in TEMPLATES.iterdir()} - BASES

    assert names == {f"{occasion}.html" for occasion in Occasion}


@pytest.mark.parametrize(("occasion", "language"), list_cases())
def test_mail_has_a_subject_and_says_the_same_as_text_and_as_html(
    occasion: Occasion, language: str
) -> None:
    message = write(occasion, language)

    assert message.subject == message.subject.strip() != ""
    assert "\n" not in message.subject
    # The HTML alone has the file's size and the sentence about the button that does not work.
    missing = set(re.findall(r"\w{2,}", message.text)) - set(re.findall(r"\w{2,}", seen(message)))
    assert missing - {"Attached", "Adjunto"} == set()


def test_mail_says_so_where_the_person_attends_no_part_any_more() -> None:
    message = write(Occasion.SEGMENTS_CHANGED, "en")

    assert "\n\nOf the parts among which one chooses you attend none now.\n\n" in message.text


@pytest.mark.parametrize(
    ("answering", "told"),
    [
        (Answering.DELEGATION, "Share it with those alone who write with you."),
        (Answering.PERSON, "Do not forward it."),
    ],
)
@pytest.mark.parametrize("occasion", [Occasion.SUBMISSION_LINK, Occasion.SUBMISSION_RETURNED])
def test_link_of_a_delegations_answers_is_to_be_shared_and_no_other(
    occasion: Occasion, answering: Answering, told: str
) -> None:
    facts = make_facts(occasion, call=make_call(choose=0, answering=answering))

    message = write_message(occasion, facts, get_translator("en"))

    assert f"The link is private. {told}" in message.text
    assert f"The link is private. {told}" in message.html


def test_news_about_nothing_in_particular_do_not_speak_of_what_was_chosen() -> None:
    call = make_call(choose=0, leaves=True, sections=())
    facts = make_facts(Occasion.SUBMISSION_SUBMITTED, call=call)

    message = write_message(Occasion.SUBMISSION_SUBMITTED, facts, get_translator("en"))

    assert "We will write to you when there is news" in message.text
    assert "what you chose" not in message.text


@pytest.mark.parametrize(("occasion", "language"), list_cases())
def test_no_mail_holds_a_word_of_the_other_language(occasion: Occasion, language: str) -> None:
    if occasion in READY_TEXTS | {Occasion.MESSAGE}:
        return  # written elsewhere, by whoever writes it
    facts = make_facts(occasion)

    message = write_message(occasion, facts, get_translator(language))

    said = [message.subject, *message.text.splitlines(), *re.split("<[^>]*>", message.html)]
    runs = [html.unescape(each) for each in said]
    typed = [REASON, *REASON.splitlines()]
    assert list_foreign(runs, language, meeting=facts.meeting, typed=typed) == []


@pytest.mark.parametrize(("occasion", "language"), list_cases())
def test_subject_bears_the_delegates_name_or_the_calls_title(
    occasion: Occasion, language: str
) -> None:
    if occasion in READY_TEXTS:
        return  # has no delegate
    facts = make_facts(occasion)
    named = "Ana Lucía Morales Vargas" if facts.call is None else facts.call.title[language]
    assert write(occasion, language).subject.endswith(f": {named}")


@pytest.mark.parametrize(("language", "mark"), [("en", "[Rehearsal] "), ("es", "[Ensayo] ")])
def test_mail_of_a_rehearsal_says_so_in_subject_and_body(language: str, mark: str) -> None:
    facts = make_facts(Occasion.INVITED, meeting=make_meeting(rolled_weeks=200))

    message = write_message(Occasion.INVITED, facts, get_translator(language))

    assert message.subject.startswith(mark)
    warning = (
        "Nothing in it is valid." if language == "en" else "Nada de lo que dice tiene validez."
    )
    assert warning in message.text.splitlines()[0]
    assert warning in seen(message)


def test_mail_of_a_meeting_says_nothing_of_a_rehearsal() -> None:
    message = write(Occasion.INVITED, "en")

    assert "ehearsal" not in message.subject + message.text + message.html


@pytest.mark.parametrize("occasion", [each for each in Occasion if each.startswith("copy_")])
def test_copy_holds_no_link_even_if_it_is_given_one(occasion: Occasion) -> None:
    message = write_message(occasion, make_facts(occasion, link=LINK), get_translator("en"))

    assert LINK not in message.text + message.html


def test_reference_is_not_told_before_the_address_is_confirmed() -> None:
    unconfirmed = make_registration(state=State.UNCONFIRMED)
    facts = make_facts(Occasion.CONFIRM_ADDRESS, registration=unconfirmed, letter_number=None)

    message = write_message(Occasion.CONFIRM_ADDRESS, facts, get_translator("es"))

    assert "WKS-7K2M4QXZ" in write(Occasion.RECEIVED, "es").text
    assert "WKS-7K2M4QXZ" not in message.text + message.html


def test_without_a_link_no_sentence_speaks_of_one() -> None:
    for occasion, language in list_cases():
        if occasion in READY_TEXTS or occasion.startswith("copy_"):
            continue
        facts = make_facts(occasion, link=None)
        message = write_message(occasion, facts, get_translator(language))

        for phrase in (
            "same link",
            "mismo enlace",
            "its link",
            "su enlace",
            "link is personal",
            "link is private",
        ):
            assert phrase not in message.text, (occasion, phrase)


@pytest.mark.parametrize("language", ["en", "es"])
def test_mail_about_news_can_be_left_by_a_click_and_speaks_of_no_review(language: str) -> None:
    leave = "https://register.example.org/es/leave/WKS-5S3N8ZPT/token"
    facts = make_facts(Occasion.SUBMISSION_SUBMITTED, call=make_call(leaves=True), leave_link=leave)

    message = write_message(Occasion.SUBMISSION_SUBMITTED, facts, get_translator(language))

    assert leave in message.text
    assert f'href="{leave}"' in message.html
    assert LINK in message.text
    assert "withdraw" not in message.text
    assert "retirarla" not in message.text


def test_mail_about_a_call_tells_the_reference_once_the_address_is_confirmed() -> None:
    unconfirmed = make_submission(stand=Stand.UNCONFIRMED)
    facts = make_facts(Occasion.SUBMISSION_CONFIRM, submission=unconfirmed)

    message = write_message(Occasion.SUBMISSION_CONFIRM, facts, get_translator("en"))

    assert "WKS-5S3N8ZPT" not in message.text
    assert "WKS-5S3N8ZPT" in write(Occasion.SUBMISSION_SUBMITTED, "en").text


def test_line_end_in_a_name_does_not_reach_the_subject() -> None:
    registration = make_registration(surnames="Mora\r\nBcc: all@example.org")
    facts = make_facts(Occasion.RECEIVED, registration=registration)

    message = write_message(Occasion.RECEIVED, facts, get_translator("en"))

    assert message.subject == "We have your registration: Ana Lucía Mora Bcc: all@example.org"


def test_line_end_in_a_ready_subject_does_not_reach_the_subject() -> None:
    facts = MailFacts(ready=ReadyText("Your code\r\nBcc: all@example.org", "123456"))

    message = write_message(Occasion.STAFF_ACCOUNT, facts, get_translator("en"))

    assert message.subject == "Your code Bcc: all@example.org"


def test_markup_in_a_name_and_in_a_reason_is_shown_as_it_was_typed() -> None:
    registration = make_registration(surnames="<script>alert(1)</script> & Co")
    facts = make_facts(
        Occasion.RETURNED, registration=registration, reason="Use <b>capitals</b>\n{{ 7 * 7 }}"
    )

    message = write_message(Occasion.RETURNED, facts, get_translator("en"))

    assert "<script>" not in message.html
    assert "<b>" not in message.html
    assert "<script>alert(1)</script> & Co" in seen(message)
    assert "{{ 7 * 7 }}" in seen(message)
    assert "<script>alert(1)</script> & Co" in message.text


def test_name_in_another_script_stands_apart_so_that_it_does_not_turn_the_line() -> None:
    facts = make_facts(
        Occasion.STAFF_NEW_ENTRY, registration=make_registration(surnames="דוד لوسيا")
    )

    message = write_message(Occasion.STAFF_NEW_ENTRY, facts, get_translator("es"))

    assert "<bdi>Ana Lucía דוד لوسيا</bdi>" in message.html


def test_addresses_in_a_ready_text_become_links_and_nothing_else_does() -> None:
    text = "Open https://register.example.org/es/reset/abc\n\n<img src=x onerror=alert(1)>"
    facts = MailFacts(ready=ReadyText("Reset", text))

    message = write_message(Occasion.STAFF_ACCOUNT, facts, get_translator("es"))

    assert 'href="https://register.example.org/es/reset/abc"' in message.html
    assert "<img src=x" not in message.html
    assert "<img src=x onerror=alert(1)>" in message.text


def write(occasion: Occasion, language: str) -> Message:
    return write_message(occasion, make_facts(occasion), get_translator(language))


def seen(message: Message) -> str:
    """What a reader sees of the HTML."""
    body = message.html.partition("<body")[2]
    return html.unescape(re.sub(r"<[^>]*>", " ", f"<body{body}")) + " ".join(
        re.findall(r'href="([^"]*)"', body)
    )


@pytest.mark.parametrize(
    ("stand", "language", "title"),
    [
        (Stand.DRAFT, "en", "The private link to the answers of your delegation"),
        (Stand.DRAFT, "es", "El enlace privado para las respuestas de su delegación"),
        (Stand.SUBMITTED, "en", "The private link to what you sent"),
        (Stand.SUBMITTED, "es", "El enlace privado de lo que envió"),
    ],
)
def test_subject_says_whether_a_draft_was_begun_or_a_form_sent_again(
    stand: Stand, language: str, title: str
) -> None:
    facts = make_facts(Occasion.SUBMISSION_LINK, submission=make_submission(stand=stand))

    message = write_message(Occasion.SUBMISSION_LINK, facts, get_translator(language))

    assert message.subject == f"{title}: {make_call().title[language]}"

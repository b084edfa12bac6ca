import pytest

from registration.domain.events import Occasion
from registration.mail.facts import may_carry_link, may_carry_submission_link
from tests.mail.builders import make_registration, make_submission


@pytest.mark.parametrize(
    ("occasion", "recipient", "expected"),
    [
        (Occasion.INVITED, "ana@example.org", True),
        (Occasion.INVITED, "ANA@Example.org", True),
        (Occasion.INVITED, "assistant@example.org", False),
        (Occasion.INVITED, "ana+x@example.org", False),
        (Occasion.INVITED, "new@example.org", False),
        (Occasion.CONFIRM_NEW_ADDRESS, "new@example.org", True),
        (Occasion.CONFIRM_NEW_ADDRESS, "ana@example.org", False),
        (Occasion.COPY_INVITED, "ana@example.org", False),
        (Occasion.STAFF_NEW_ENTRY, "ana@example.org", False),
        (Occasion.ADDRESS_CHANGED, "ana@example.org", False),
    ],
)
def test_private_link_goes_to_the_address_on_the_entry_alone(
    occasion: Occasion, recipient: str, expected: bool
) -> None:
    registration = make_registration(new_email="new@example.org")

    assert may_carry_link(occasion, recipient, registration) is expected


def test_without_a_new_address_none_is_confirmed() -> None:
    registration = make_registration(new_email=None)

    assert not may_carry_link(Occasion.CONFIRM_NEW_ADDRESS, "", registration)


@pytest.mark.parametrize(
    ("occasion", "recipient", "expected"),
    [
        (Occasion.SUBMISSION_CONFIRM, "ana@example.org", True),
        (Occasion.SUBMISSION_LINK, "ANA@example.org", True),
        (Occasion.SUBMISSION_LINK, "ana+x@example.org", False),
        (Occasion.SUBMISSION_LINK, "other@example.org", False),
        (Occasion.SUBMISSION_WITHDRAWN, "ana@example.org", False),
        (Occasion.STAFF_SUBMISSION, "ana@example.org", False),
    ],
)
def test_private_link_of_a_submission_goes_to_its_sender_alone(
    occasion: Occasion, recipient: str, expected: bool
) -> None:
    assert may_carry_submission_link(occasion, recipient, make_submission()) is expected

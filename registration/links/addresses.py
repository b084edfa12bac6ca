"""Addresses of pages as they stand in mails and letters. A request's Host has no say in them."""

from urllib.parse import quote

from registration.domain.ids import Language, MeetingId, Reference
from registration.domain.submissions import Submission


class Addresses:
    """Builds addresses. base_url: without a slash at its end."""

    def __init__(self, base_url: str) -> None:
        self.base_url = base_url.rstrip("/")

    def home(self) -> str:
        return f"{self.base_url}/"

    def meeting(self, language: Language, meeting_id: MeetingId) -> str:
        return f"{self.base_url}/{language}/{quote(meeting_id)}/"

    def register(self, language: Language, meeting_id: MeetingId) -> str:
        return f"{self.base_url}/{language}/{quote(meeting_id)}/register"

    def private(self, token: str) -> str:
        """Return the address that a private mail leads to; the page takes the token out of it."""
        return f"{self.base_url}/l/{token}"

    def entry(self, language: Language, reference: Reference) -> str:
        return f"{self.base_url}/{language}/registration/{quote(reference)}/"

    def call(self, language: Language, meeting_id: MeetingId, call: str) -> str:
        return f"{self.base_url}/{language}/{quote(meeting_id)}/calls/{quote(call)}/"

    def leave(self, language: Language, reference: str, token: str) -> str:
        return f"{self.base_url}/{language}/leave/{quote(reference)}/{token}"

    def desk_submission(self, language: Language, submission: Submission) -> str:
        return (
            f"{self.base_url}/{language}/secretariat/{quote(submission.meeting_id)}/calls/"
            f"{quote(submission.call)}/{quote(submission.reference)}/"
        )

    def verify(self, language: Language, code: str) -> str:
        return f"{self.base_url}/{language}/verify/{quote(code)}"

    def desk_entry(self, language: Language, reference: Reference) -> str:
        return f"{self.base_url}/{language}/secretariat/entry/{quote(reference)}/"

    def desk_of(self, desk: str, language: Language, meeting_id: MeetingId) -> str:
        """Return the first page of the travel or the host desk. desk: "travel" or "host"."""
        return f"{self.base_url}/{language}/secretariat/{quote(meeting_id)}/{desk}"

    def door(self, language: Language, reference: Reference, code: str) -> str:
        """Return what the code on a badge leads to: the page at which the door checks people in."""
        return f"{self.base_url}/{language}/secretariat/door/{quote(reference)}-{code}"

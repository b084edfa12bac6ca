"""The letter of a meeting in its file."""

from pydantic import Field

from registration.domain.letter_texts import LetterTexts, Signatory
from registration.meetings.parts import Many, Part, Words, build_all, build_maybe


class SignatoryPart(Part):
    name: Words
    office: Words


class LetterPart(Part):
    salutation: Words
    opening: Many[Words] = Field(min_length=1)
    courtesies_intro: Words | None = None
    not_paid_heading: Words | None = None
    closing: Many[Words] = Field(min_length=1)
    farewell: Words
    signatory: SignatoryPart

    def build(self) -> LetterTexts:
        return LetterTexts(
            salutation=self.salutation.build(),
            opening=build_all(self.opening),
            courtesies_intro=build_maybe(self.courtesies_intro),
            not_paid_heading=build_maybe(self.not_paid_heading),
            closing=build_all(self.closing),
            farewell=self.farewell.build(),
            signatory=Signatory(
                name=self.signatory.name.build(), office=self.signatory.office.build()
            ),
        )

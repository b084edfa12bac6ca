"""The forms of the travel and the host desk."""

import re
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import Field, FieldList, FileField, Form, FormField, HiddenField, StringField
from wtforms.validators import DataRequired, Length, ValidationError

from registration.domain.journeys import Leg, Stay, Ticket
from registration.domain.names import LONGEST_LINE, clean_line
from registration.web.words import gettext

#: Rows for flights at first: there and back. A journey with connections asks for more.
LEGS = 2
_MOST_LEGS = 12
_CURRENCY = re.compile(r"[A-Z]{3}")


def _line(text: str | None) -> str:
    return clean_line(text or "")


def _capitals(text: str | None) -> str:
    return _line(text).upper()


_length = Length(
    max=LONGEST_LINE,
    message=lazy_gettext("Shorten this to %(max)d characters or fewer.", max=LONGEST_LINE),
)
_local = {"type": "datetime-local"}
_day = {"type": "date"}


class LegForm(Form):
    """One flight; a row that is empty is none."""

    flight = StringField(lazy_gettext("Flight"), filters=[_capitals], validators=[_length])
    origin = StringField(lazy_gettext("From"), filters=[_line], validators=[_length])
    to = StringField(lazy_gettext("To"), filters=[_line], validators=[_length])
    departs = StringField(lazy_gettext("Departs"), filters=[_line], render_kw=_local)
    arrives = StringField(lazy_gettext("Arrives"), filters=[_line], render_kw=_local)

    @property
    def is_empty(self) -> bool:
        return not any(each.data for each in self)

    def judge(self) -> Leg | None:
        """Return the flight, or None with what is missing said at each field."""
        times = {name: read_moment(self[name].data) for name in ("departs", "arrives")}
        for name in ("flight", "origin", "to"):
            if not self[name].data:
                self[name].errors = [gettext("Complete the flight, or empty its row.")]
        for name, moment in times.items():
            if moment is None:
                self[name].errors = [gettext("Write day and time of the flight.")]
        if any(each.errors for each in self):
            return None
        departs, arrives = times["departs"], times["arrives"]
        assert departs is not None
        assert arrives is not None
        return Leg(
            flight=self.flight.data,
            origin=self.origin.data,
            to=self.to.data,
            departs=departs,
            arrives=arrives,
        )


class TicketForm(FlaskForm):
    """A ticket as the airline issued it. seen: when the one on the page was recorded, or ""."""

    seen = HiddenField()
    number = StringField(
        lazy_gettext("Ticket number"),
        filters=[_line],
        validators=[DataRequired(lazy_gettext("Write the number of the ticket.")), _length],
    )
    legs = FieldList(FormField(LegForm), min_entries=LEGS, max_entries=_MOST_LEGS)
    cost = StringField(lazy_gettext("Cost"), filters=[_line], validators=[_length])
    currency = StringField(lazy_gettext("Currency"), filters=[_capitals])
    ticket = FileField(lazy_gettext("Electronic ticket"))

    def __iter__(self) -> Iterator[Field]:
        """Give the fields in the order of the page, those of the flights one by one."""
        for each in super().__iter__():
            if each.name != "legs":
                yield each
                continue
            for leg in self.legs:
                yield from leg.form

    def add_leg(self) -> None:
        """Give one more row to fill in, as long as there may be more."""
        if self.has_room:
            self.legs.append_entry()

    @property
    def has_room(self) -> bool:
        return len(self.legs) < _MOST_LEGS

    def validate_cost(self, field: StringField) -> None:
        """Refuse what is no amount; a comma is read as a point."""
        field.data = field.data.replace(",", ".")
        try:
            amount = Decimal(field.data or "0")
        except InvalidOperation:
            amount = Decimal(-1)
        if not amount.is_finite() or amount < 0:
            raise ValidationError(gettext("Write the cost as a number: 612.50."))

    def validate_currency(self, field: StringField) -> None:
        if self.cost.data and not _CURRENCY.fullmatch(field.data):
            raise ValidationError(gettext("Write the currency in three letters: USD."))

    def judge(self) -> Ticket | None:
        """Return the ticket, or None with what is wrong said at each field."""
        is_whole = self.validate()
        legs = [leg.form.judge() for leg in self.legs if not leg.form.is_empty]
        if not legs:
            first = self.legs[0].form.flight
            first.errors = [gettext("Write at least one flight.")]
            return None
        found = tuple(each for each in legs if each is not None)
        if not is_whole or len(found) < len(legs):
            return None
        return Ticket(
            number=self.number.data,
            legs=found,
            cost=self.cost.data,
            currency=self.currency.data,
        )


class CancelForm(FlaskForm):
    """The button that says that a ticket is cancelled."""

    seen = HiddenField()


class RoomForm(FlaskForm):
    """A room, the same for all the people on the page."""

    hotel = StringField(
        lazy_gettext("Hotel"),
        filters=[_line],
        validators=[DataRequired(lazy_gettext("Write the name of the hotel.")), _length],
    )
    address = StringField(
        lazy_gettext("Address"),
        filters=[_line],
        validators=[DataRequired(lazy_gettext("Write the address of the hotel.")), _length],
    )
    room = StringField(lazy_gettext("Kind of room"), filters=[_line], validators=[_length])
    arrives = StringField(lazy_gettext("First night"), filters=[_line], render_kw=_day)
    leaves = StringField(lazy_gettext("Leaves on"), filters=[_line], render_kw=_day)
    confirmation = StringField(
        lazy_gettext("Confirmation number"), filters=[_line], validators=[_length]
    )

    def judge(self) -> Stay | None:
        """Return the stay, or None with what is wrong said at each field."""
        is_whole = self.validate()
        arrives, leaves = (_read_day(self[name].data) for name in ("arrives", "leaves"))
        for name, day in (("arrives", arrives), ("leaves", leaves)):
            if day is None:
                self[name].errors = [gettext("Write the day.")]
        if arrives is None or leaves is None:
            return None
        if leaves <= arrives:
            self.leaves.errors = [gettext("The day of leaving comes after the first night.")]
            return None
        if not is_whole:
            return None
        return Stay(
            hotel=self.hotel.data,
            address=self.address.data,
            room=self.room.data,
            arrives=arrives,
            leaves=leaves,
            confirmation=self.confirmation.data,
        )


def read_moment(text: str | None) -> datetime | None:
    """Return the local time as a browser sends it, or None."""
    try:
        moment = datetime.fromisoformat(text or "")
    except ValueError:
        return None
    return moment.replace(tzinfo=None)


def fields_of(ticket: Ticket | None, seen: datetime | None) -> dict[str, object]:
    """Return what the form shows at first. seen: when the ticket was recorded."""
    shown: dict[str, object] = {"seen": "" if seen is None else seen.isoformat()}
    if ticket is None:
        return {**shown, "currency": "USD"}
    legs = [
        {
            "flight": each.flight,
            "origin": each.origin,
            "to": each.to,
            "departs": each.departs.isoformat(timespec="minutes"),
            "arrives": each.arrives.isoformat(timespec="minutes"),
        }
        for each in ticket.legs
    ]
    told = {"number": ticket.number, "cost": ticket.cost, "currency": ticket.currency}
    return {**shown, **told, "legs": legs}


def _read_day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None

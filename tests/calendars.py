"""Calendar files read line by line, by RFC 5545 and not by the library that wrote them."""

import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

#: Of each kind of component: what it must have once (RFC 5545, 3.6).
_ONCE = {"VCALENDAR": {"VERSION", "PRODID"}, "VEVENT": {"UID", "DTSTAMP"}, "VTIMEZONE": {"TZID"}}
_LONGEST = 75  # octets, without the end of the line


@dataclass
class Line:
    """One content line, unfolded. parameters: "VALUE=DATE" as a pair."""

    name: str
    parameters: dict[str, str]
    value: str

    @property
    def text(self) -> str:
        """Return the value of a TEXT property. Fails on a comma or semicolon left bare."""
        bare = re.sub(r"\\[\\;,nN]", "", self.value)
        assert not re.search(r"[\\;,]", bare), f"{self.name} holds an unescaped sign: {self.value}"
        return re.sub(r"\\(.)", lambda it: "\n" if it[1] in "nN" else it[1], self.value)

    @property
    def moment(self) -> date | datetime:
        """Return the value of a DATE or DATE-TIME property: a day, or an aware moment."""
        if self.parameters.get("VALUE") == "DATE":
            assert re.fullmatch(r"\d{8}", self.value), f"{self.name} is no DATE: {self.value}"
            return datetime.strptime(self.value, "%Y%m%d").replace(tzinfo=UTC).date()
        if self.value.endswith("Z"):
            return datetime.strptime(self.value, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
        zone = ZoneInfo(self.parameters["TZID"])
        return datetime.strptime(self.value, "%Y%m%dT%H%M%S").replace(tzinfo=zone)


@dataclass
class Component:
    """What stands between BEGIN and END."""

    name: str
    lines: dict[str, Line] = field(default_factory=dict)
    parts: list["Component"] = field(default_factory=list)

    def list_parts(self, name: str) -> list["Component"]:
        return [each for each in self.parts if each.name == name]


def read_calendar(data: bytes) -> Component:
    """Return the one calendar of the file; every line and every event of it is checked."""
    assert data.endswith(b"\r\n"), "the last line has no end"
    assert b"\n" not in data.replace(b"\r\n", b""), "a line ends without a carriage return"
    physical = data.removesuffix(b"\r\n").split(b"\r\n")
    too_long = [each for each in physical if len(each) > _LONGEST]
    assert not too_long, f"not folded: {too_long}"
    for each in physical:
        each.decode("utf-8")  # a letter cut in two by folding fails here
    open_ones = [Component("")]
    for text in data.decode().replace("\r\n ", "").removesuffix("\r\n").split("\r\n"):
        _take(_parse(text), open_ones)
    (calendar,) = open_ones.pop().parts
    assert not open_ones, f"{open_ones[-1].name} is not closed"
    _check(calendar)
    return calendar


def _parse(text: str) -> Line:
    found = re.fullmatch(r'([A-Z-]+)((?:;[A-Z-]+=(?:"[^"]*"|[^";:,]*))*):(.*)', text, re.DOTALL)
    assert found, f"no content line: {text!r}"
    pairs = [each.partition("=") for each in found[2].split(";")[1:]]
    return Line(found[1], {name: value.strip('"') for name, _, value in pairs}, found[3])


def _take(line: Line, open_ones: list[Component]) -> None:
    if line.name == "BEGIN":
        part = Component(line.value)
        open_ones[-1].parts.append(part)
        open_ones.append(part)
    elif line.name == "END":
        assert open_ones.pop().name == line.value, f"END:{line.value} closes nothing"
    else:
        here = open_ones[-1]
        assert line.name == "RDATE" or line.name not in here.lines, f"{line.name} stands twice"
        here.lines[line.name] = line


def _check(calendar: Component) -> None:
    zones = {each.lines["TZID"].value for each in calendar.list_parts("VTIMEZONE")}
    for part in [calendar, *calendar.parts]:
        missing = _ONCE.get(part.name, set()) - set(part.lines)
        assert not missing, f"{part.name} lacks {missing}"
    uids = [each.lines["UID"].value for each in calendar.list_parts("VEVENT")]
    assert len(uids) == len(set(uids)), f"two events of one name: {uids}"
    for event in calendar.list_parts("VEVENT"):
        stamp = event.lines["DTSTAMP"]
        assert stamp.value.endswith("Z"), "DTSTAMP is not in UTC"
        starts, ends = event.lines["DTSTART"], event.lines.get("DTEND")
        for line in (starts, ends):
            zone = line.parameters.get("TZID") if line else None
            assert zone is None or zone in zones, f"{zone} is not described in the file"
        if ends is not None:
            assert type(starts.moment) is type(ends.moment), "DTEND is of another type"
            assert ends.moment > starts.moment, "an event ends before it begins"

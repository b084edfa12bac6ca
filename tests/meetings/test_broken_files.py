"""Each way in which a meeting's file can be wrong: where it is, what it is, what to write."""

import pytest

from registration.language.translator import list_languages
from registration.meetings.definition import read_definition
from registration.meetings.faults import Fault
from tests.meetings.shipped import RCM, change, read_source

BROKEN = {
    "a reminder of something else": (
        'rule = "travel"',
        'rule = "pay"',
        'rule = "pay"',
        (
            "reminders[5].rule: 'pay' is not known."
            " Write 'confirm', 'complete', 'correct', 'accept' or 'travel'."
        ),
    ),
    "a reminder on the day itself": (
        "days_before = [21, 14, 10]",
        "days_before = [21, 0]",
        "days_before = [21, 0]",
        "reminders[5].days_before[2]: 0 is too small. Write 1 or more.",
    ),
    "one day twice": (
        "days_before = [21, 14, 10]",
        "days_before = [21, 21]",
        "days_before = [21, 21]",
        (
            "reminders[5].days_before[2]: 21 stands here twice."
            " Take one of them out: one day has one reminder."
        ),
    ),
    "a mail that nobody gets": (
        "[names]",
        (
            '[mails.invted]\nopening = { en = "Come.", es = "Venga.", fr = "Venez.", '
            'pt = "Venha." }\n\n[names]'
        ),
        "[mails.invted]",
        (
            "mails.invted: There is no mail 'invted' to a person who takes part."
            " Did you mean 'invited'?"
        ),
    ),
    "not TOML": (
        'prefix = "RCM"',
        "prefix = RCM",
        "prefix = RCM",
        (
            "the file: This is not TOML: Invalid value (at line 6, column 10)."
            " Look here for a quote, a bracket, a comma, or the seconds of 09:30:00."
        ),
    ),
    "a misspelt key": (
        "seats = 2",
        "seat = 2",
        "seat = 2",
        "delegations[1].seat: The key 'seat' is not known here. Did you mean 'seats'?",
    ),
    "a key nobody knows": (
        'prefix = "RCM"',
        'prefix = "RCM"\nzzz = 1',
        "zzz = 1",
        "zzz: The key 'zzz' is not known here. Take it out; docs/meeting-file.md names all keys.",
    ),
    "a missing key": (
        'contact = "CRMST@iom.int"\n',
        "",
        None,
        "contact: The key 'contact' is missing. Add it; docs/meeting-file.md shows it.",
    ),
    "a text in one language": (
        'name = { en = "Belize", es = "Belice", fr',
        'name = { en = "Belize", fr',
        'name = { en = "Belize", fr',
        'delegations[1].name: The text lacks Spanish. Add es = "..." to it.',
    ),
    "a text in a language too many": (
        'name = { en = "Belize", es = "Belice", fr',
        'name = { en = "Belize", it = "Belize", es = "Belice", fr',
        'it = "Belize"',
        (
            "delegations[1].name.it: The text is in Italian, which the meeting does not speak."
            " Take it out, or add it to languages."
        ),
    ),
    "an empty text": (
        'es = "Belice", fr',
        'es = " ", fr',
        'es = " ", fr',
        (
            "delegations[1].name.es: The text is empty."
            " Write it, or take the key out where it may be absent."
        ),
    ),
    "a plain text where languages belong": (
        'name = { en = "Belize", es = "Belice", fr = "Belize", pt = "Belize" }',
        'name = "Belize"',
        'name = "Belize"',
        (
            "delegations[1].name: The text says not in which language it is."
            ' Write it in each language: { en = "...", es = "..." }.'
        ),
    ),
    "a language twice": (
        'languages = ["en", "es", "fr", "pt"]',
        'languages = ["en", "es", "fr", "pt", "en"]',
        'languages = ["en", "es", "fr", "pt", "en"]',
        "languages[5]: 'en' stands here twice. Take one of them out.",
    ),
    "a table under another name": (
        "[about]",
        "[abuot]\n[about]",
        "[abuot]",
        "abuot: The key 'abuot' is not known here. Did you mean 'about'?",
    ),
    "a list of tables where one belongs": (
        "[dates]",
        "[[dates]]",
        "[[dates]]",
        "dates: This is no table. Write its keys below a heading [...].",
    ),
    "a moment without its hour": (
        "deadline = 2022-03-02T00:00:00",
        "deadline = 2022-03-02",
        "deadline = 2022-03-02",
        (
            "dates.deadline: This is no moment."
            " Write a day and an hour without quotes, such as 2022-03-02T00:00:00."
        ),
    ),
    "a meeting without Spanish": (
        'languages = ["en", "es", "fr", "pt"]',
        'languages = ["en", "fr", "pt"]',
        'languages = ["en", "fr", "pt"]',
        (
            "languages: Every meeting is held in English and Spanish, and Spanish is missing."
            ' Add "es" to the list, and to each text.'
        ),
    ),
    "a language without a catalog": (
        'languages = ["en", "es", "fr", "pt"]',
        'languages = ["en", "es", "fr", "pt", "xx"]',
        'languages = ["en", "es", "fr", "pt", "xx"]',
        (
            "languages[5]: The site has no catalog of 'xx'."
            f" Write languages of {', '.join(list_languages())}."
        ),
    ),
    "an unknown placeholder": (
        "in {city} on {dates}, at the Ministry",
        "in {town} on {dates}, at the Ministry",
        'en = """\nOn behalf of the Executive',
        (
            "letter.opening[1].en: The placeholder {town} is not known. Write one of"
            " {changes_until}, {city}, {contact}, {dates}, {deadline}, {delegation},"
            " {erased_on}, {name},"
            " {of_delegation}, {office}, {organisation}, {passports_erased_on}, {short_title},"
            " {title}, {venue}, {zone_name}."
        ),
    ),
    "a brace without its pair": (
        'salutation = { en = "Dear {name},"',
        'salutation = { en = "Dear {name,"',
        'salutation = { en = "Dear {name,"',
        (
            "letter.salutation.en: A brace has no partner."
            " Write {{ or }} where a brace itself is meant."
        ),
    ),
    "a placeholder that reaches inside": (
        '"Dear {name},"',
        '"Dear {name.__class__},"',
        "Dear {name.__class__}",
        None,
    ),
    "passports kept for longer than the rest": (
        "passport_retention_days = 30",
        "passport_retention_days = 91",
        "passport_retention_days = 91",
        (
            "passport_retention_days: Passports are kept for 91 days, all other data for 90."
            " Write 90 or fewer: a passport is needed for the journey alone."
        ),
    ),
    "erased before the meeting is over": (
        "passport_retention_days = 30",
        "passport_retention_days = 0",
        "passport_retention_days = 0",
        None,
    ),
    "no seat": (
        "seats = 2",
        "seats = 0",
        "seats = 0",
        "delegations[1].seats: 0 is too small. Write 1 or more.",
    ),
    "a number as a text": (
        "seats = 2",
        'seats = "2"',
        'seats = "2"',
        ("delegations[1].seats: This is no whole number. Write it without quotes, such as 2."),
    ),
    "more labels than seats": (
        'key = "sacm"\nkind = "organisation"\nseats = 2',
        'key = "sacm"\nkind = "organisation"\nseats = 1',
        "labels = [",
        (
            "delegations[13].labels: Labels are given: 2; seats: 1."
            " Give one label for each seat, or none."
        ),
    ),
    "two labels with one key": (
        'key = "technical-secretariat"',
        'key = "ppt"',
        '{ key = "ppt", name = { en = "Technical',
        "delegations[13].labels[2].key: 'ppt' stands here twice. Change one of them.",
    ),
    "two delegations with one key": (
        'key = "sacm"',
        'key = "rncom"',
        None,
        "delegations[13].key: 'rncom' stands here twice. Change one of them.",
    ),
    "a category with the key of a delegation": (
        'key = "hosts"',
        'key = "mx"',
        None,
        (
            "categories[2].key: A delegation bears the key 'mx' too."
            " Give the category a key of its own."
        ),
    ),
    "an acceptance without a letter": (
        'key = "hosts"\n',
        'key = "hosts"\nasks_acceptance = true\n',
        "asks_acceptance = true",
        (
            "categories[2].asks_acceptance: An acceptance is asked for, but no letter."
            " Write asks_letter = true, or asks_acceptance = false."
        ),
    ),
    "a category among the delegations": (
        'kind = "organisation"\nseats = 2\nabbreviation = { en = "SACM"',
        'kind = "category"\nseats = 2\nabbreviation = { en = "SACM"',
        'kind = "category"',
        (
            "delegations[13].kind: The category 'sacm' stands among the delegations."
            " Write it under [[categories]]: a category has no seats."
        ),
    ),
    "a key with blanks": (
        'key = "hosts"',
        'key = "The hosts"',
        'key = "The hosts"',
        (
            "categories[2].key: 'The hosts' cannot be a key."
            " Write small letters, digits and single hyphens."
        ),
    ),
    "a country nobody knows": (
        'country = "BZ"',
        'country = "BX"',
        'country = "BX"',
        (
            "delegations[1].country: 'BX' is not the code of a country."
            " Write its ISO 3166 code of two capital letters, such as MX."
        ),
    ),
    "a country under another key": (
        'key = "bz"',
        'key = "belize"',
        'key = "belize"',
        (
            "delegations[1].key: The key of the country BZ is 'belize'."
            ' Write key = "bz": a country is known by its code in small letters.'
        ),
    ),
    "a country without its code": (
        'country = "BZ"\n',
        "",
        None,
        (
            "delegations[1].country: The country 'bz' has no country code."
            ' Add country = "..", its ISO 3166 code of two capital letters.'
        ),
    ),
    "an unknown courtesy": (
        'courtesies = ["flight", "accommodation", "meals"]',
        'courtesies = ["flights"]',
        'courtesies = ["flights"]',
        (
            "delegations[1].courtesies: There is no courtesy 'flights'."
            " Write keys of flight, accommodation, meals, or add it under [[courtesies]]."
        ),
    ),
    "a courtesy of everybody given to one": (
        "courtesies = []",
        'courtesies = ["venue"]',
        'courtesies = ["venue"]',
        (
            "delegations[2].courtesies: The courtesy 'venue' is for everybody already."
            " Take it out of this list."
        ),
    ),
    "an icon nobody has drawn": (
        'icon = "plane"',
        'icon = "rocket"',
        'icon = "rocket"',
        (
            "courtesies[1].icon: 'rocket' is not known."
            " Write 'plane', 'bed', 'meal', 'cup', 'headphones' or 'building'."
        ),
    ),
    "a word that is none of the choices": (
        'promote = "hand"',
        'promote = "later"',
        'promote = "later"',
        "promote: 'later' is not known. Write 'none', 'hand' or 'auto'.",
    ),
    "an unknown zone": (
        'zone = "America/Mexico_City"',
        'zone = "America/CDMX"',
        'zone = "America/CDMX"',
        (
            "dates.zone: 'America/CDMX' is not a time zone."
            " Write a name of the IANA list, such as America/Mexico_City."
        ),
    ),
    "a day that is none": (
        "first_day = 2022-03-31",
        'first_day = "31 March"',
        'first_day = "31 March"',
        ("dates.first_day: This is no day. Write it without quotes, such as 2022-03-31."),
    ),
    "a deadline with an offset": (
        "deadline = 2022-03-02T00:00:00",
        "deadline = 2022-03-02T00:00:00-05:00",
        "deadline = 2022-03-02T00:00:00-05:00",
        (
            "dates.deadline: The moment has an offset of its own."
            " Take the offset out: the hour is that of the meeting's zone."
        ),
    ),
    "a deadline after the end of changes": (
        "changes_until = 2022-03-31T00:00:00",
        "changes_until = 2022-03-01T00:00:00",
        "changes_until = 2022-03-01T00:00:00",
        (
            "dates.changes_until: Changes end before the deadline of registration."
            " Write a moment that is not before deadline."
        ),
    ),
    "changes while the meeting runs": (
        "changes_until = 2022-03-31T00:00:00",
        "changes_until = 2022-03-31T00:01:00",
        "changes_until = 2022-03-31T00:01:00",
        (
            "dates.changes_until: Changes end after the meeting has begun."
            " Write 2022-03-31T00:00:00 or an earlier moment."
        ),
    ),
    "an agenda of another day": (
        "\nday = 2022-04-01",
        "\nday = 2022-04-02",
        "\nday = 2022-04-02",
        (
            "agenda[2].day: 2022-04-02 is no day of the meeting."
            " Write a day from 2022-03-31 to 2022-04-01."
        ),
    ),
    "an item that ends before it starts": (
        "starts = 15:45:00\nends = 17:30:00",
        "starts = 15:45:00\nends = 15:30:00",
        'ends = 15:30:00\nkind = "session"\nnumber = "7"',
        "agenda[1].items[10].ends: The item ends before it starts. Write an hour after starts.",
    ),
    "an item out of order": (
        "starts = 17:30:00\nends = 17:50:00",
        "starts = 15:30:00\nends = 17:50:00",
        "starts = 15:30:00\nends = 17:50:00",
        (
            "agenda[1].items[11].starts: The item starts before the one above it."
            " Put the items in the order of their hours."
        ),
    ),
    "a prefix with small letters": (
        'prefix = "RCM"',
        'prefix = "rcm-2022"',
        'prefix = "rcm-2022"',
        "prefix: 'rcm-2022' cannot begin the references. Write two to six capital letters: RCM.",
    ),
    "a contact that is no address": (
        'contact = "CRMST@iom.int"',
        'contact = "the Secretariat"',
        'contact = "the Secretariat"',
        (
            "contact: 'the Secretariat' is not an e-mail address."
            " Write one address, such as secretariat@example.org."
        ),
    ),
}


@pytest.mark.parametrize("case", BROKEN)
def test_broken_file_is_told_apart_with_its_line_and_its_remedy(case: str) -> None:
    old, new, at, expected = BROKEN[case]
    source = change(old, new)

    faults = read_definition(source, name=RCM)

    assert isinstance(faults, list)
    if expected is not None:
        assert [f"{each.key}: {each.problem} {each.remedy}" for each in faults] == [expected]
    else:
        assert len(faults) == 1
    if at is not None:
        assert faults[0].line == _line_of(source, at)


def test_every_fault_of_a_file_is_told_at_once() -> None:
    source = change('prefix = "RCM"', 'prefix = "R"').replace("seats = 2", "seats = -1")

    faults = read_definition(source, name=RCM)

    assert isinstance(faults, list)
    assert [each.key for each in faults] == [
        "prefix",
        *(f"delegations[{number}].seats" for number in range(1, 14)),
    ]


def test_fault_reads_as_a_sentence_that_begins_with_its_place() -> None:
    fault = Fault("dates.zone", 12, "It is wrong.", "Write it right.")

    assert str(fault) == "line 12, dates.zone: It is wrong. Write it right."


@pytest.mark.parametrize("name", ["RCM 2022", "rcm_2022", "", "../rcm", "rcm--2022"])
def test_name_that_cannot_stand_in_an_address_is_a_fault(name: str) -> None:
    faults = read_definition(read_source(), name=name)

    assert faults == [
        Fault(
            "the file",
            None,
            f"The file's name {name!r} cannot stand in an address.",
            "Use small letters, digits and single hyphens.",
        )
    ]


def _line_of(source: str, words: str) -> int:
    """The line on which the words begin."""
    assert words in source
    begin = source.index(words.lstrip("\n"), source.index(words))
    return source.count("\n", 0, begin) + 1

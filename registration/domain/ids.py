"""Names of things, each a type of its own so that one is not given for another."""

from typing import NewType, TypeAlias
from uuid import UUID

#: The name of a meeting's file without its ending: "rcm-imrf-2022".
MeetingId = NewType("MeetingId", str)
#: A delegation's key in the meeting's file: ISO 3166 alpha-2 in lower case, else the English
#: abbreviation ("bz", "rncom").
DelegationKey = NewType("DelegationKey", str)
#: The row of a delegation in one meeting.
DelegationId = NewType("DelegationId", int)
#: The signed random id a form was given when it was shown; it becomes the registration's id.
RegistrationId = NewType("RegistrationId", UUID)
FileId = NewType("FileId", UUID)
LetterId = NewType("LetterId", UUID)
StaffId = NewType("StaffId", int)
#: What people quote: the meeting's prefix and 8 random Crockford base32 characters, "RCM-7K2M4QXZ".
Reference = NewType("Reference", str)
#: An ISO 639-1 code that has a catalog: "en", "es".
Language: TypeAlias = str

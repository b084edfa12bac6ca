"""The rules of the meeting: standard library only, no clock, database, Flask or page language."""

"""The house's own reader of tagged papers, under the name by which tests know it."""

from registration.letters.checking.reading import Paper, Told

__all__ = ["Paper", "Told"]

"""THE ONE WRITER. Only these modules change a registration, one per part of the journey.

Each function takes the office first, does what is slow (drawing, locking, storing) before one short
transaction that holds the move, its line of history, its papers and its mails, and returns what
came of it or a `Refusal`.
"""

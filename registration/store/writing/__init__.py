"""Writing. Only the registrar and the outbox import this package; it decides nothing.

Each function takes the writer's session first and leaves the commit to `Database.writing()`.
"""

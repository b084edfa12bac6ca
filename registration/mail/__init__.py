"""Mails: what is said (messages), what is due (outbox), how it is built and posted."""

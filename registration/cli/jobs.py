"""`flask jobs`: the worker."""

import logging

from flask import current_app
from flask.cli import AppGroup

from registration.jobs.worker import run_worker
from registration.web.limits import counters
from registration.web.office import current_office

group = AppGroup("jobs", help="What runs outside a request.")


@group.command()
def run() -> None:
    """Send mails and do what the clock asks for, until SIGTERM. Several may run at once."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s: %(message)s")
    # huey tells of each task and each look; our own lines say what was done.
    logging.getLogger("huey").setLevel(logging.WARNING)
    counts = counters()
    run_worker(
        current_app.config["SETTINGS"],
        current_office(),
        tidy=lambda now: counts.sweep(now=now),
    )

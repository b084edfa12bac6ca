"""The worker's round of reading passports, where the optional extra is installed."""

import time
from collections.abc import Callable
from datetime import datetime

from registration.registrar.office import Office
from registration.registrar.reading_passports import read_passports
from registration.uploads.mrz_reader import MrzReader, is_installed

#: How long a round may go on before its last file, seconds: mails wait meanwhile.
ROUND_SECONDS = 20


def read_for_a_while(
    office: Office, now: Callable[[], datetime], should_stop: Callable[[], bool]
) -> int:
    """Read what waits, for some seconds; return how many files were tried. Does nothing, and says
    nothing, where the extra is not installed: the desk is told so by its own page."""
    if not is_installed():
        return 0
    give_up_at = time.monotonic() + ROUND_SECONDS

    def is_over() -> bool:
        return should_stop() or time.monotonic() >= give_up_at

    with MrzReader() as reader:
        return read_passports(office, reader, now, should_stop=is_over)

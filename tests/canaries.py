"""A delegate of whom everything can be recognised: walks the whole journey over HTTP and SMTP, and
is looked for afterwards, byte by byte."""

import random
import re
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email import policy
from email.parser import BytesParser
from io import BytesIO
from pathlib import Path

from PIL import Image
from sqlalchemy import make_url, select, text

from registration.cli.rehearsal.pages import Browser, Page
from registration.domain.papers import LockedFile
from registration.domain.registrations import Registration
from registration.domain.roles import Role
from registration.jobs.worker import make_mail_room
from registration.mail.delivering import deliver_due
from registration.mail.post import Post
from registration.registrar.receiving import unlock_file
from registration.store import reading
from registration.store.tables.files import DbLockedFile
from tests.builders import RCM
from tests.desks import PASSWORD, add_staff
from tests.letters.samples import draw_signature
from tests.mail.post_office import PostOffice
from tests.sites import Site
from tests.traces import write_block, write_text

BLOCK = 64
ADMINISTRATOR = "administradora@example.org"


def make_blocks(count: int, *, seed: int) -> list[bytes]:
    """Return blocks of bytes that stand nowhere else, the same for the same seed."""
    chance = random.Random(seed)
    return [chance.randbytes(BLOCK) for _ in range(count)]


def make_passport(blocks: list[bytes]) -> bytes:
    """Return a PNG that is read as a picture and holds the blocks as they are, not packed.

    With a palette: the rows of other pictures are written as differences.
    """
    width, rows = 640, 8
    picture = Image.new("P", (width, max(400, rows * len(blocks))), 128)
    picture.putpalette([grey for grey in range(256) for _ in range(3)])
    for index, block in enumerate(blocks):
        picture.paste(Image.frombytes("P", (BLOCK, 1), block), (32, rows * index))
    out = BytesIO()
    picture.save(out, "PNG", compress_level=0)
    data = out.getvalue()
    assert all(block in data for block in blocks)
    return data


@dataclass
class Canary:
    """The delegate. needles: all that must not be found once the data are erased, by name.
    locked: those of them that are in files and database until then."""

    site: Site
    office: PostOffice
    blocks: list[bytes]
    number: int = 1
    needles: dict[str, bytes] = field(default_factory=dict)
    locked: dict[str, bytes] = field(default_factory=dict)

    @property
    def person(self) -> dict[str, str]:
        """Everything typed. The words are nobody's and stand nowhere else."""
        return {
            "given_names": f"Xóchitl-Ñusta{self.number}",
            "surnames": f"Kantutañani{self.number} Örménykútÿ{self.number}",
            "institution": f"Secretaría Quetzaltepecana {self.number}",
            "position": f"Observadora Zacatecoluquense {self.number}",
            "email": f"xochitl.kantutanani{self.number}@example.org",
            "copy_to": f"asistente.zacatecoluca{self.number}@example.net",
        }

    def walk(self, delegation: str = "cr") -> Registration:
        """Register, confirm, be looked at, approved and mailed, accept with a drawn signature, get
        the confirmation; return the entry."""
        browser = Browser(self.site.url)
        browser._session.headers["User-Agent"] = f"CanaryBrowser/{self.number}.20.26"
        self._register(browser, delegation)
        entry = self._confirm(browser)
        self._approve(entry)
        self._deliver()
        self._accept(browser, entry)
        self._deliver()
        self._note(entry)
        return entry

    def _register(self, browser: Browser, delegation: str) -> None:
        page = browser.get(f"/es/{RCM}/register")
        values = {**self.person, "delegation": delegation, "treatment": "", "language": "es"}
        name = f"pasaporte-kantutanani{self.number}.png"
        files = {"passport": (name, make_passport(self.blocks), "image/png")}
        form = page.get_form("given_names")
        browser.submit(page, form, {**values, "consent": "y"}, files=files)

    def _confirm(self, browser: Browser) -> Registration:
        (mail,) = self._deliver()
        page = browser.get(re.search(r"/l/[\w-]+", mail).group())  # type: ignore[union-attr]  # else the test fails here
        browser.submit(page, page.get_form("version"), {})
        reference = re.search(r"RCM-[0-9A-Z]{8}", page.address).group()  # type: ignore[union-attr]  # as above
        with self.site.office.database.reading() as session:
            found = reading.find_by_reference(session, reference)
        assert found is not None
        return found

    def _approve(self, entry: Registration) -> None:
        """At the desk: look at the passport, large, then approve."""
        desk = self.open_desk()
        page = desk.get(f"/es/secretariat/entry/{entry.reference}/")
        desk.get(f"/es/secretariat/entry/{entry.reference}/passport/1/large.jpg")
        form = page.get_form("decision")
        desk.submit(page, form, {"decision": "approve", "then": "stay"})

    def open_desk(self) -> Browser:
        """Return the browser of an administrator who is signed in."""
        desk = Browser(self.site.url)
        page = desk.get("/es/secretariat/sign-in")
        values = {"email": ADMINISTRATOR, "password": PASSWORD}
        desk.submit(page, page.get_form("password"), values)
        return desk

    def _accept(self, browser: Browser, entry: Registration) -> None:
        page = browser.get(f"/es/registration/{entry.reference}/accept")
        browser.get(f"/es/registration/{entry.reference}/letter.pdf")
        person = self.person
        values = {
            "typed_name": f"{person['given_names']} {person['surnames']}",
            "accept": "y",
            "signature": _as_address(draw_signature()),
        }
        browser.submit(page, page.get_form("typed_name"), values)

    def _deliver(self) -> list[str]:
        """Send what is due; return the texts of this entry's mails."""
        settings = self.site.settings
        room = make_mail_room(settings, self.site.office)
        post = Post(server="127.0.0.1", port=self.office.port, use_tls=False, timeout=10)
        self.office.sent.clear()
        deliver_due(room, post, lambda: datetime.now(UTC))
        parser = BytesParser(policy=policy.default)
        mails = [parser.parsebytes(data) for to, data in self.office.sent if "kantu" in to]
        return [mail.get_body(("plain",)).get_content() for mail in mails]  # type: ignore[attr-defined, union-attr]  # an EmailMessage

    def _note(self, entry: Registration) -> None:
        """Note all that is to be gone: what was typed and sent, files as they lie, their keys."""
        for words in (*self.person.values(), f"CanaryBrowser/{self.number}.20.26"):
            self.needles |= write_text(words)
        for word in self.person["surnames"].split():
            self.needles |= write_text(word)
        for index, block in enumerate(self.blocks):
            self.needles |= write_block(block, f"block {index} as sent")
        for file in self.list_files(entry):
            self._note_file(file)

    def _note_file(self, file: LockedFile) -> None:
        role = file.role.value
        locked = self.site.office.vault.storage.get(f"files/{file.blob}")
        clear = unlock_file(self.site.office, file)
        for index in range(len(self.blocks)):
            # At even distances, the file's last bytes among them.
            for data, name in ((locked, "locked"), (clear, "clear")):
                at = (len(data) - BLOCK) * index // max(1, len(self.blocks) - 1)
                found = write_block(data[at : at + BLOCK], f"block {index} of the {name} {role}")
                self.needles |= found
                if name == "locked":
                    key = f"block {index} of the {name} {role} as bytes"
                    self.locked[key] = found[key]
        self.needles |= write_block(file.wrapped_key, f"key of the {role}")

    def list_files(self, entry: Registration) -> list[LockedFile]:
        """Return the files of the entry, still locked."""
        with self.site.office.database.reading() as session:
            query = select(DbLockedFile.id).where(DbLockedFile.entry_id == entry.id)
            return [reading.get_file(session, id) for id in session.scalars(query)]  # type: ignore[arg-type]  # a FileId

    def ask_for_erasure(self, entry: Registration) -> Page:
        """Withdraw through the private link, then be erased by the desk."""
        browser = Browser(self.site.url)
        with self.site.office.database.reading() as session:
            now = reading.get_registration(session, entry.id)
        token = self.site.office.tokens.of_registration(now.id, now.link_generation)
        browser.get(f"/l/{token}")
        page = browser.get(f"/es/registration/{entry.reference}/withdraw")
        browser.submit(page, page.get_form("version"), {})
        desk = self.open_desk()
        page = desk.get(f"/es/secretariat/entry/{entry.reference}/erase")
        return desk.submit(page, page.get_form("sure"), {"reason": "request", "sure": "y"})


def open_canary(site: Site, office: PostOffice, *, blocks: int, number: int = 1) -> Canary:
    """Return a canary of a site that is served; the desk has an administrator."""
    if number == 1:
        add_staff(site, ADMINISTRATOR, roles=(Role.ADMINISTRATOR,), name="Luisa Pérez")
    return Canary(site, office, make_blocks(blocks, seed=2026 + number), number)


def list_places(site: Site, data: Path | None = None) -> list[Path]:
    """Return where to look: DATA_DIR, and the database's own folder where it is PostgreSQL.

    data: the server's folder. Its write-ahead log is looked at apart (`list_log`).
    """
    places = [site.settings.data_dir]
    if data is not None and make_url(site.settings.database_url).drivername != "sqlite":
        with site.office.database.engine.connect() as connection:
            oid = connection.scalar(
                text("SELECT oid FROM pg_database WHERE datname = current_database()")
            )
        places += [data / "base" / str(oid), data / "global", data / "pg_stat"]
    return places


def names_of(found: Mapping[str, set[str]]) -> set[str]:
    """Return the needles that were found, wherever."""
    return {name for names in found.values() for name in names}


def _as_address(png: bytes) -> str:
    return "data:image/png;base64," + b64encode(png).decode()

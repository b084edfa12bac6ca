"""A file of a form on its way to the vault: taken whole, judged, locked under the entry's id."""

from flask import g, request

from registration.domain.ids import RegistrationId
from registration.domain.papers import FileRole, LockedFile
from registration.domain.refusals import FileFault, FileMissing
from registration.registrar.receiving import ReceivedFile, find_received, receive_file
from registration.uploads.judging import Judged, judge
from registration.web.office import current_office
from registration.web.receiving import ReceivedUpload, take_file


def take_upload(field: str, entry: RegistrationId, role: FileRole) -> LockedFile | FileFault:
    """Return the file that the form brought, or one that came with an earlier try of the same form.

    A good file is kept locked for two hours, whatever else is wrong with the form. FileMissing:
    neither came. Raises DecoderFailed or StorageFailed where the fault is ours.
    """
    office = current_office()
    match take_file(request, field):
        case FileMissing():
            return find_received(office, entry, role) or FileMissing()
        case ReceivedUpload(name=name, data=data):
            judged = judge(data)
            if not isinstance(judged, Judged):
                return judged
            file = ReceivedFile(
                name=name, media_type=judged.media_type, pages=judged.pages, data=data
            )
            return receive_file(office, entry, role, file, arrived_at=g.arrived_at)
        case fault:
            return fault

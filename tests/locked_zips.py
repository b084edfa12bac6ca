"""A reader of locked ZIPs (WinZip's AE-2, AES-256), from its description and by other hands than
the library that writes them: the directory by the standard library, the rest with `cryptography`.
"""

import hashlib
import hmac
import struct
from io import BytesIO
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import ECB

_SALT, _CHECK, _CODE = 16, 2, 10


class WrongPassword(Exception):
    """The password is not the one it was locked with."""


def read_locked(data: bytes, password: str) -> dict[str, bytes]:
    """Return the files by their names. Raises WrongPassword; AssertionError where one is not
    locked, or was changed."""
    with ZipFile(BytesIO(data)) as directory:
        return {
            each.filename: _open(_locked_part(data, each), each, password)
            for each in directory.infolist()
        }


def _locked_part(data: bytes, member: ZipInfo) -> bytes:
    start = member.header_offset
    signature, *_, name, extra = struct.unpack_from("<4s5H3I2H", data, start)
    assert signature == b"PK\x03\x04"
    begin = start + 30 + name + extra
    return data[begin : begin + member.compress_size]


def _open(part: bytes, member: ZipInfo, password: str) -> bytes:
    assert member.flag_bits & 1, f"{member.filename} is not locked"
    version, vendor, strength, method = _read_extra(member.extra)
    assert (version, vendor, strength, method) == (2, b"AE", 3, ZIP_STORED)
    salt, check = part[:_SALT], part[_SALT : _SALT + _CHECK]
    body, code = part[_SALT + _CHECK : -_CODE], part[-_CODE:]
    keys = hashlib.pbkdf2_hmac("sha1", password.encode(), salt, 1000, 66)
    if keys[64:] != check:
        raise WrongPassword
    if hmac.digest(keys[32:64], body, "sha1")[:_CODE] != code:
        # Two bytes of a check let one wrong password of 65,536 come as far as this.
        raise WrongPassword
    clear = _xor(keys[:32], body)
    assert len(clear) == member.file_size
    return clear


def _read_extra(extra: bytes) -> tuple[int, bytes, int, int]:
    while extra:
        kind, size = struct.unpack_from("<HH", extra)
        if kind == 0x9901:
            found: tuple[int, bytes, int, int] = struct.unpack_from("<H2sBH", extra, 4)
            return found
        extra = extra[4 + size :]
    raise AssertionError("no word of AES")


def _xor(key: bytes, body: bytes) -> bytes:
    """Counter mode with the counter's least byte first, from 1 on."""
    blocks = -(-len(body) // 16)
    counters = b"".join(number.to_bytes(16, "little") for number in range(1, blocks + 1))
    stream = Cipher(AES(key), ECB()).encryptor().update(counters)  # noqa: S305 - the counter's own
    return bytes(one ^ other for one, other in zip(body, stream, strict=False))

"""Takes the network from a process: from then on it can make no socket. Linux, x86-64 and ARM 64.

The kernel itself refuses (seccomp), so it holds for libraries in C as well, for whatever reason
they would call home, and needs no privilege. A process cannot take the rule off again.
"""

import ctypes
import errno
import platform
import struct

# linux/prctl.h, linux/seccomp.h, linux/audit.h and the tables of system calls
_PR_SET_SECCOMP, _PR_SET_NO_NEW_PRIVS, _FILTER = 22, 38, 2
_ALLOW, _REFUSE = 0x7FFF0000, 0x00050000 | errno.EACCES
_ARCHITECTURES = {"x86_64": (0xC000003E, 41), "aarch64": (0xC00000B7, 198)}
_IO_URING_SETUP = 425  # makes sockets by another way
# x86-64 has a second table of the same calls, marked by this bit.
_OTHER_TABLE = 0x40000000
_LOAD, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p))


def forbid_network() -> None:
    """Let this process and its threads make no socket any more. Raises OSError where the kernel
    does not know how."""
    machine = platform.machine()
    if machine not in _ARCHITECTURES:
        raise OSError(errno.ENOSYS, f"no rule for {machine}")
    code = _rule(*_ARCHITECTURES[machine])
    program = _Program(len(code) // 8, code)
    libc = ctypes.CDLL(None, use_errno=True)
    for call in (
        (_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0),
        (_PR_SET_SECCOMP, _FILTER, ctypes.byref(program), 0, 0),
    ):
        if libc.prctl(*call) != 0:
            raise OSError(ctypes.get_errno(), "prctl")


def _rule(architecture: int, socket: int) -> bytes:
    """Return the filter: (code, how far to jump if so, if not, value) an instruction."""
    instructions = [
        (_LOAD, 0, 0, 4),  # the architecture of the call
        (_EQUAL, 0, 5, architecture),
        (_LOAD, 0, 0, 0),  # its number
        (_EQUAL, 3, 0, socket),
        (_EQUAL, 2, 0, _IO_URING_SETUP),
        (_AT_LEAST, 1, 0, _OTHER_TABLE),
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _REFUSE),
    ]
    return b"".join(struct.pack("=HBBI", *each) for each in instructions)

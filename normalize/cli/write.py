"""Replacing a file's content so that at any moment the old or the new stands there, whole.

The new content is written to a temporary file in the same directory, forced to the disk, and
renamed over the old. The temporary file's name begins with a dot, so that a killed run leaves
nothing that a later one would read. A file with several hard links parts from the others.
"""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

from normalize.cli.errors import FileError, reason


def read_for_replacing(path: Path) -> tuple[bytes, os.stat_result]:
    """A file's bytes, and its state, by which `replace_content` knows that nobody else wrote since."""
    with path.open("rb") as file:
        state = os.fstat(file.fileno())
        if not stat.S_ISREG(state.st_mode):
            raise FileError(f"{path}: is not a regular file; use `normalize < {path}`")
        return file.read(), state


def replace_content(path: Path, data: bytes, state: os.stat_result) -> None:
    """Puts these bytes in the file's place, with its mode, its owner where allowed, through its links."""
    import tempfile

    target = path.resolve(strict=True)
    if not os.access(target, os.W_OK):
        raise FileError(f"{path}: is read-only; allow writing with chmod u+w")
    try:
        descriptor, name = tempfile.mkstemp(prefix=f".{target.name[:100]}.", suffix=".tmp", dir=target.parent)
    except OSError as error:
        raise FileError(
            f"{path}: no file can be made beside it ({reason(error)}); nothing was written"
        ) from error
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            _take_over(file.fileno(), target, state)
            file.flush()
            os.fsync(file.fileno())
        now = target.stat()
        if (now.st_mtime_ns, now.st_size, now.st_ino) != (state.st_mtime_ns, state.st_size, state.st_ino):
            raise FileError(f"{path}: was changed by another program meanwhile; run normalize again")
        temporary.replace(target)
    except OSError as error:
        raise FileError(f"{path}: cannot be written ({reason(error)}); the old content stands") from error
    finally:
        temporary.unlink(missing_ok=True)
    _settle(target.parent)


def _take_over(descriptor: int, target: Path, state: os.stat_result) -> None:
    """Gives the new file the old one's owner, extended attributes and mode, as far as we may."""
    if sys.platform == "win32":
        return
    made = os.fstat(descriptor)
    if (made.st_uid, made.st_gid) != (state.st_uid, state.st_gid):
        for owner in ((state.st_uid, state.st_gid), (-1, state.st_gid)):
            try:
                os.fchown(descriptor, *owner)
                break
            except OSError:
                continue
    if sys.platform == "linux":
        try:
            for attribute in os.listxattr(target):
                os.setxattr(descriptor, attribute, os.getxattr(target, attribute))
        except OSError:
            pass  # the file system has none, or they are not ours to set
    os.fchmod(descriptor, stat.S_IMODE(state.st_mode))


def _settle(directory: Path) -> None:
    """Forces the renaming itself to the disk, where a directory can be opened."""
    if sys.platform == "win32":
        return
    try:
        descriptor = os.open(directory, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(descriptor)
    except OSError:
        pass
    finally:
        os.close(descriptor)

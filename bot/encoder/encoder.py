"""Encode sentences with a model in ONNX form and its tokenizer."""

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import cache
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from bot.core.searching.text import MAX_CHARACTERS
from bot.core.searching.vectors import TextVectors, Vectors
from bot.errors import EncoderError

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

MODEL, TOKENIZER = "model.onnx", "tokenizer.json"
MAX_TOKENS = 128
_LIBRARIES = ("onnxruntime", "tokenizers")
_INPUTS = ("input_ids", "attention_mask", "token_type_ids")
# What a model pools itself comes first; `pooler_output`, which many have too, is no sentence vector.
_OUTPUTS = ("sentence_embedding", "last_hidden_state", "token_embeddings")
# What a layer in the middle makes of each token: how a text is put shows there more than what it is about.
_MANNER = "middle_hidden_state"
_PER_TOKEN = 3  # dimensions of an output: texts, tokens, numbers
_MANY = 32  # from so many texts on, more threads are worth their start
_FATAL = 4
_REASON_LIMIT = 200
_DIGITS = 32
_LOOK = "see what is there with: faqbot model show"
_NAME = "set FAQBOT_MODEL_DIR to a folder with a model, or to off"


class Encoder:
    """Encode texts with the model in a folder; may be used by several threads at once.

    Each text is run by itself, so that no vector depends on what a text is padded to or kept company by. A batch would
    save a sixth of the time; many texts share all cores.
    """

    def __init__(self, folder: Path) -> None:
        check_folder(folder)
        self._place = folder / MODEL
        with _faults_of(folder / TOKENIZER):
            self._tokenizer = _open_tokenizer(folder / TOKENIZER)
        with _faults_of(self._place):
            self._session = _open_session(self._place)
        self._inputs = [each.name for each in self._session.get_inputs()]
        if unknown := [name for name in self._inputs if name not in _INPUTS]:
            raise EncoderError(str(self._place), f"it wants the input {unknown[0]}, which a text does not have", _LOOK)
        outputs = [each.name for each in self._session.get_outputs()]
        self._output = next((name for name in _OUTPUTS if name in outputs), outputs[0])
        self._wanted = [self._output, *([_MANNER] if _MANNER in outputs else [])]
        self._widths = [len(vector) for vector in self._run(self._tokenizer.encode("a").ids)]
        self.dims = self._widths[0]

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return a row for each text: a unit vector, or zeros for a text without any word."""
        return self.read(texts).vectors

    def read(self, texts: Sequence[str]) -> TextVectors:
        """Return such rows, and those of how each text is put if the model has an output of a layer in the middle."""
        if len(texts) < _MANY:
            found = [self._rows(text) for text in texts]
        else:
            with ThreadPoolExecutor(os.cpu_count()) as threads:
                found = list(threads.map(self._rows, texts))
        vectors, *manners = (
            np.array([rows[kind] for rows in found], np.float32).reshape(len(texts), width)
            for kind, width in enumerate(self._widths)
        )
        return TextVectors(vectors, manners[0] if manners else None)

    def _rows(self, text: str) -> list[Vectors]:
        # The tokenizer reads all that it is given before it cuts, and knows no half of a surrogate pair.
        tokens = self._tokenizer.encode(text[:MAX_CHARACTERS].encode("utf-8", "replace").decode())
        if all(tokens.special_tokens_mask):
            return [np.zeros(width, np.float32) for width in self._widths]
        return self._run(tokens.ids)

    def _run(self, ids: list[int]) -> list[Vectors]:
        """Return unit vectors of a text: the means of its tokens, which are all real since nothing is padded."""
        row = np.array([ids], np.int64)
        fed = dict(zip(_INPUTS, (row, np.ones_like(row), np.zeros_like(row)), strict=True))
        with _faults_of(self._place):
            outputs = self._session.run(self._wanted, {name: fed[name] for name in self._inputs})
            return [
                self._unit(output[0].mean(axis=0) if output.ndim == _PER_TOKEN else output[0]) for output in outputs
            ]

    def _unit(self, vector: Vectors) -> Vectors:
        length = float(np.linalg.norm(vector))
        if not 0 < length < np.inf:
            raise EncoderError(str(self._place), f"it gives a vector of length {length}", _LOOK)
        return np.asarray(vector / length, np.float32)


def check_folder(folder: Path) -> None:
    """Raise an error unless the files of a model are there, and the libraries to run it; nothing is loaded."""
    for name in _LIBRARIES:
        if find_spec(name) is None:
            raise EncoderError(
                str(folder),
                f"the library {name} is missing",
                "install it, or set FAQBOT_MODEL_DIR=off",
            )
    for name in (MODEL, TOKENIZER):
        try:
            (folder / name).open("rb").close()
        except OSError as fault:
            reason = (fault.strerror or type(fault).__name__).lower()
            raise EncoderError(str(folder / name), reason, _NAME) from fault


@cache
def digest_of(folder: Path) -> str:
    """Return what tells the model in a folder from all others."""
    found = sha256()
    for name in (MODEL, TOKENIZER):
        found.update((folder / name).read_bytes())
    return found.hexdigest()[:_DIGITS]


def _open_tokenizer(path: Path) -> "Tokenizer":
    from tokenizers import Tokenizer  # noqa: PLC0415  # slow to import, and not to be had on every machine

    tokenizer = Tokenizer.from_file(str(path))
    tokenizer.no_padding()
    tokenizer.enable_truncation(MAX_TOKENS)
    tokenizer.encode_special_tokens = True  # as plain words: else who writes "[SEP]" ends the text there for the model
    return tokenizer


def _open_session(path: Path) -> "InferenceSession":
    # It tells its maker of its use unless this is set before it is imported, and marks the machine for that.
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    from onnxruntime import InferenceSession, SessionOptions  # noqa: PLC0415  # slow to import, and not to be had on every machine

    options = SessionOptions()
    options.intra_op_num_threads = 1  # a question is too little work to share
    options.inter_op_num_threads = 1
    options.log_severity_level = _FATAL  # what goes wrong is raised, and told once
    return InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


@contextmanager
def _faults_of(place: Path) -> Iterator[None]:
    """Raise the project's error for whatever a file makes the libraries raise; theirs share only `Exception`."""
    try:
        yield
    except Exception as fault:
        reason = " ".join(str(fault).split())[:_REASON_LIMIT] or type(fault).__name__
        raise EncoderError(str(place), reason, _LOOK) from fault

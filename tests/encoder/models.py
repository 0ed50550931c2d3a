"""Write small models: a table of vectors in ONNX form, and a tokenizer of a few words."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from tokenizers.pre_tokenizers import Whitespace
from tokenizers.processors import TemplateProcessing

from bot.encoder.encoder import MODEL, TOKENIZER

# The model has no vector for the last word, and fails on it.
WORDS = ("[CLS]", "[SEP]", "[UNK]", "cat", "dog", "mouse", "broken")
TABLE = np.array([[1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 2, 2], [-4, 0, 3], [0.1, 0.2, -7]], np.float32)
INPUTS = ("input_ids", "attention_mask", "token_type_ids")
LOOK_UP = ("Gather", ("table", "input_ids"), ("found",))
TOKENS = (LOOK_UP, ("Identity", ("found",), ("last_hidden_state",)))
POOLED = (LOOK_UP, ("ReduceMean", ("found",), ("sentence_embedding",)))
QUANTISED = (
    LOOK_UP,
    ("DynamicQuantizeLinear", ("found",), ("small", "scale", "zero")),
    ("DequantizeLinear", ("small", "scale", "zero"), ("last_hidden_state",)),
)
ZEROS = (LOOK_UP, ("Sub", ("found", "found"), ("last_hidden_state",)))

Node = tuple[str, tuple[str, ...], tuple[str, ...]]
_FLOAT, _INTEGER = 1, 7


def write_model(
    folder: Path, *, nodes: Iterable[Node] = TOKENS, inputs: Iterable[str] = INPUTS, outputs: Iterable[str] = ()
) -> Path:
    """Write a model and its tokenizer into a folder; the output of the last node is one of the outputs."""
    folder.mkdir(exist_ok=True)
    nodes = tuple(nodes)
    (folder / MODEL).write_bytes(_model(nodes, inputs, [*outputs, *nodes[-1][2]]))
    vocabulary = {word: number for number, word in enumerate(WORDS)}
    tokenizer = Tokenizer(WordLevel(vocabulary, unk_token="[UNK]"))  # noqa: S106  # a word, no secret
    tokenizer.pre_tokenizer = Whitespace()
    tokenizer.post_processor = TemplateProcessing(single="[CLS] $A [SEP]", special_tokens=[("[CLS]", 0), ("[SEP]", 1)])
    tokenizer.enable_padding(length=20)  # as the files of many models do
    tokenizer.save(str(folder / TOKENIZER))
    return folder


def mean_of(*words: str) -> np.ndarray:
    """Return the unit vector that a text of these words should have."""
    mean = TABLE[[WORDS.index(word) for word in ("[CLS]", *words, "[SEP]")]].mean(axis=0)
    unit: np.ndarray = mean / np.linalg.norm(mean)
    return unit


def _model(nodes: Iterable[Node], inputs: Iterable[str], outputs: Iterable[str]) -> bytes:
    table = _message({1: list(TABLE.shape), 2: [_FLOAT], 8: ["table"], 9: [TABLE.tobytes()]})
    graph = _message({
        1: [_node(*node) for node in nodes],
        2: ["graph"],
        5: [table],
        11: [_value(name, _INTEGER) for name in inputs],
        12: [_value(name, _FLOAT) for name in outputs],
    })  # fmt: skip
    return _message({1: [8], 7: [graph], 8: [_message({2: [17]})]})


def _node(kind: str, inputs: tuple[str, ...], outputs: tuple[str, ...]) -> bytes:
    over_tokens = [_message({1: ["axes"], 8: [1], 20: [7]}), _message({1: ["keepdims"], 3: [0], 20: [2]})]
    return _message({1: inputs, 2: outputs, 4: [kind], 5: over_tokens if kind == "ReduceMean" else []})


def _value(name: str, kind: int) -> bytes:
    return _message({1: [name], 2: [_message({1: [_message({1: [kind]})]})]})


def _message(fields: Mapping[int, Sequence[int | str | bytes]]) -> bytes:
    """Return a protocol buffer of these fields, each with its values."""
    return b"".join(_field(number, value) for number, values in fields.items() for value in values)


def _field(number: int, value: int | str | bytes) -> bytes:
    if isinstance(value, int):
        return _varint(number << 3) + _varint(value)
    content = value.encode() if isinstance(value, str) else value
    return _varint(number << 3 | 2) + _varint(len(content)) + content


def _varint(number: int) -> bytes:
    parts = []
    while number > 0x7F:
        parts.append(number & 0x7F | 0x80)
        number >>= 7
    return bytes([*parts, number])

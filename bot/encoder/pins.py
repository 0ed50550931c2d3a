"""Name the model that is installed, down to the last byte."""

from dataclasses import dataclass

from bot.encoder.encoder import MODEL, TOKENIZER


@dataclass(frozen=True, slots=True)
class PinnedFile:
    """The name that a file has once installed, its path in the repository, and what must be in it."""

    name: str
    path: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PinnedModel:
    """One revision of a model, and the address under which its files are."""

    repository: str
    revision: str
    licence: str
    files: tuple[PinnedFile, ...]

    @property
    def address(self) -> str:
        """Return what comes before the path of each file."""
        return f"https://huggingface.co/{self.repository}/resolve/{self.revision}"

    @property
    def size(self) -> int:
        """Return how many bytes all files have."""
        return sum(file.size for file in self.files)


PINNED = PinnedModel(
    repository="sentence-transformers/all-MiniLM-L6-v2",
    revision="1110a243fdf4706b3f48f1d95db1a4f5529b4d41",
    licence="Apache-2.0",
    files=(
        # Of the quantised ones this suits every processor: signed weights saturate on AVX2 and AVX-512 without VNNI.
        PinnedFile(
            name=MODEL,
            path="onnx/model_quint8_avx2.onnx",
            size=23_046_789,
            sha256="b941bf19f1f1283680f449fa6a7336bb5600bdcd5f84d10ddc5cd72218a0fd21",
        ),
        PinnedFile(
            name=TOKENIZER,
            path="tokenizer.json",
            size=466_247,
            sha256="be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
        ),
    ),
)

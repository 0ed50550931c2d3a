"""Read files as programs write them, each with the entries that it should give and the lines that are left out."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.formats import Document, Record
from bot.formats.reading import read, together

SAMPLES = Path(__file__).parent / "samples"


def read_sample(folder: Path) -> tuple[Document, ...]:
    """Return what the files of a sample hold."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != "expect.yaml")
    return together([read(path.name, path.read_bytes(), folder=None if len(files) == 1 else "") for path in files])


def shown(record: Record, wanted: dict[str, Any]) -> dict[str, Any]:
    """Return the fields of a record that are wanted."""
    values = {"answer": "\n\n".join(record.passages), "aliases": list(record.aliases)}
    values |= {name: getattr(record.source, name) for name in ("url", "updated", "published")}
    return {name: values[name] if name in values else getattr(record, name) for name in wanted}


@pytest.mark.parametrize("name", sorted(path.name for path in SAMPLES.iterdir()))
def test_a_sample_gives_its_entries_and_no_others(name: str) -> None:
    wanted = yaml.safe_load((SAMPLES / name / "expect.yaml").read_text(encoding="utf-8"))
    documents = read_sample(SAMPLES / name)
    assert [problem for document in documents for problem in document.problems] == []
    records = [record for document in documents for record in document.records]
    found = [shown(record, entry) for record, entry in zip(records, wanted["entries"], strict=False)]
    assert found == wanted["entries"]
    assert len(records) == len(wanted["entries"])
    left = [doubt.problem.line for document in documents for doubt in document.doubtful]
    assert left == wanted["left"]

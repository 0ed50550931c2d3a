"""`faqbot faq export`, and `--json` of `faq list` and `faq show`."""

import json
from pathlib import Path

import pytest

from tests.cli.commands import Commands


def listed(faqbot: Commands) -> list[dict[str, object]]:
    """Return all entries of a store, without what an import makes."""
    made = ("updated_at", "version", "imported")
    entries = json.loads(faqbot("faq", "list", "--json").out)
    return [{name: value for name, value in entry.items() if name not in made} for entry in entries]


@pytest.mark.slow
@pytest.mark.parametrize("name", ["all.yaml", "all.jsonl", "all.csv", "all.xlsx", "folder"])
def test_an_export_gives_the_same_store_again(faqbot: Commands, folder: Path, name: str) -> None:
    faqbot("faq", "retire", "freeze-app", "--yes")
    faqbot("faq", "edit", "freeze-web", "--set", "answer==1+1\n\n- a", "--set", "valid_until=2099-01-01", "--yes")
    before = listed(faqbot)
    written = faqbot("faq", "export", name)
    assert (written.code, written.out.split(":")[0]) == (0, "4 entries written")

    faqbot.database = f"sqlite:///{folder / 'other.db'}"
    assert faqbot("faq", "import", name).code == 0
    assert listed(faqbot) == before
    if not name.endswith(".xlsx"):  # which has the time in it
        again = folder / f"again-{name}"
        faqbot("faq", "export", str(again))
        assert contents(again) == contents(folder / name)


def contents(path: Path) -> list[tuple[str, bytes]]:
    """Return the names and bytes of the files of a folder, or of one file."""
    files = sorted(path.iterdir()) if path.is_dir() else [path]
    return [(file.name if path.is_dir() else "", file.read_bytes()) for file in files]


def test_a_folder_has_a_file_for_each_category_and_nothing_left_of_earlier_ones(faqbot: Commands, folder: Path) -> None:
    (folder / "faq").mkdir()
    (folder / "faq" / "mine.yaml").write_text("- id: x\n", "utf-8")
    faqbot("faq", "export", "faq")
    assert sorted(path.name for path in (folder / "faq").iterdir()) == [
        "account.yaml",
        "mine.yaml",
        "without-category.yaml",
    ]
    for entry_id in ("freeze-app", "freeze-web"):
        faqbot("faq", "edit", entry_id, "--set", "category=Safety", "--yes")
    written = faqbot("faq", "export", "faq")
    assert sorted(path.name for path in (folder / "faq").iterdir()) == [
        "mine.yaml",
        "safety.yaml",
        "without-category.yaml",
    ]
    assert written.err == "wrote faq/safety.yaml\nremoved faq/account.yaml, whose entries are elsewhere or gone\n"


def test_a_file_of_somebody_else_is_not_replaced(faqbot: Commands, folder: Path) -> None:
    (folder / "faq").mkdir()
    (folder / "faq" / "account.yaml").write_text("- id: x\n", "utf-8")
    refused = faqbot("faq", "export", "faq")
    assert (refused.code, (folder / "faq" / "account.yaml").read_text("utf-8")) == (2, "- id: x\n")
    assert "was not written by an export" in refused.err


@pytest.mark.parametrize("name", ["all.csv", "all.xlsx"])
def test_only_what_was_left_out_is_told(faqbot: Commands, name: str) -> None:
    assert "left out" not in faqbot("faq", "export", name).err
    faqbot("faq", "edit", "freeze-web", "--set", "staff_note=un\ufeffseen", "--yes")
    assert "characters that nobody sees" in faqbot("faq", "export", name).err
    assert "left out" not in faqbot("faq", "export", name, "--audience", "public").err


def test_what_is_internal_is_left_out_when_asked_for(faqbot: Commands) -> None:
    written = faqbot("faq", "export", "-", "--format", "jsonl", "--audience", "public").out
    assert [json.loads(line)["id"] for line in written.splitlines()] == ["freeze-app", "freeze-web", "withdrawal-fees"]
    assert "staff_note" not in written


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (
            ("all.pdf",),
            "faqbot faq export: files that end in .pdf are not written; use one of .yaml, .jsonl, .csv, .xlsx, .md",
        ),
        ((".", "--format", "csv"), "faqbot faq export: a folder holds YAML, not csv; name a file\n"),
        (("nowhere/all.yaml",), "faqbot: nowhere/all.yaml: no such file or directory;"),
    ],
)
def test_what_cannot_be_written_is_one_line(faqbot: Commands, arguments: tuple[str, ...], line: str) -> None:
    refused = faqbot("faq", "export", *arguments)
    assert (refused.code, refused.out) == (2, "")
    assert refused.err.startswith(line)


def test_one_entry_is_shown_as_json(faqbot: Commands) -> None:
    shown = json.loads(faqbot("faq", "show", "withdrawal-fees", "--json").out)
    assert shown["aliases"] == ["wd fee", "how much is a withdrawal"]
    assert shown["source"]["updated"] == "2026-04-24"
    assert shown["phrasings"][0] == {
        "text": "What are the fees for a withdrawal?",
        "origin": "import",
        "approved_by": None,
    }

"""The site has all pages of the docs, and links that lead somewhere."""

from pathlib import Path

import pytest
import yaml

from tests.site import CONTRIBUTING, ROOT, with_links

REPOSITORY = "https://host.example/faqbot"


def test_each_page_is_in_the_navigation_once() -> None:
    navigation = yaml.safe_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))["nav"]
    pages = [page for part in navigation for page in part.values()]
    assert sorted(pages) == sorted([CONTRIBUTING, *(path.name for path in (ROOT / "docs").glob("*.md"))])


@pytest.mark.parametrize(
    ("folder", "written", "leads_to"),
    [
        ("docs", "slack.md", "slack.md"),
        ("docs", "slack.md#channels", "slack.md#channels"),
        ("docs", "#channels", "#channels"),
        ("docs", "https://example.com/a.md", "https://example.com/a.md"),
        ("docs", "../CONTRIBUTING.md#style", "contributing.md#style"),
        ("docs", "../README.md#exit-codes", f"{REPOSITORY}/blob/main/README.md#exit-codes"),
        (".", "docs/glossary.md", "glossary.md"),
        (".", "SECURITY.md", f"{REPOSITORY}/blob/main/SECURITY.md"),
    ],
)
def test_links(folder: str, written: str, leads_to: str) -> None:
    made = with_links(f"See [it]({written}).", folder=Path(ROOT, folder), repository=REPOSITORY)
    assert made == f"See [it]({leads_to})."

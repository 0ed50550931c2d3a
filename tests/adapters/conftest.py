"""Have tests of both adapters wait for nothing, and find a few entries."""

import shutil
from pathlib import Path

import pytest

from bot.chat import posting


@pytest.fixture(autouse=True)
def _sent_again_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have a reply that did not arrive sent again without the seconds that a platform is given to recover."""
    monkeypatch.setattr(posting, "AGAIN", (0.0, 0.01))


@pytest.fixture
def sqlite_url(entries_template: Path, tmp_path: Path) -> str:
    """Return the URL of a file with a few entries."""
    path = tmp_path / "faq.db"
    shutil.copyfile(entries_template, path)
    return f"sqlite:///{path}"

"""Show where folders are found, in a checkout and in an installed package."""

from pathlib import Path

import pytest

from bot import resources
from bot.resources import resource


@pytest.mark.parametrize(("name", "files"), [("migrations", "versions/*.py"), ("faq_data", "*.yaml")])
def test_a_checkout_has_them_at_its_top(name: str, files: str) -> None:
    assert resource(name) == Path(__file__).parents[1] / name
    assert list(resource(name).glob(files)) != []


def test_an_installed_package_has_them_inside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "bot"
    for folder in (package / "_migrations", tmp_path / "migrations"):
        folder.mkdir(parents=True)
    monkeypatch.setattr(resources, "PACKAGE", package)

    assert resource("migrations") == package / "_migrations"


def test_the_package_says_that_it_is_typed() -> None:
    assert (resources.PACKAGE / "py.typed").is_file()


def test_a_missing_folder_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resources, "PACKAGE", tmp_path / "bot")
    with pytest.raises(FileNotFoundError):
        resource("migrations")

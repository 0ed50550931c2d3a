"""Find the folders that ship with the bot."""

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
MODEL = PACKAGE / "encoder" / "model"
"""The sentence encoder that is used when no other one is named."""


def resource(name: str) -> Path:
    """Return the folder of this name: beside the package in a checkout, inside it (`_name`) when installed."""
    installed = PACKAGE / f"_{name}"
    found = installed if installed.is_dir() else PACKAGE.parent / name
    if not found.is_dir():
        raise FileNotFoundError(found)
    return found

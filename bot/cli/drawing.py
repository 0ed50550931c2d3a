"""Find what draws pictures, which is an extra."""

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

from bot.cli.failures import refuse


def drawing(module: str) -> Callable[[Any, Path], None]:
    """Return what this module draws, before anything is counted in vain."""
    try:
        draw: Callable[[Any, Path], None] = import_module(f"bot.cli.{module}").draw
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] != "matplotlib":
            raise
        refuse("faqbot: --png", "matplotlib is not installed", 'run in the checkout: pip install ".[charts]"')
    return draw

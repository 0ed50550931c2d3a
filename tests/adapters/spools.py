"""Create a folder for each bot of a test, for what it stores on its machine."""

import atexit
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp

_ROOT = TemporaryDirectory(prefix="faqbot-spools-")
atexit.register(_ROOT.cleanup)


def new_folder() -> Path:
    """Return a folder that nobody else uses; it goes when the tests have ended."""
    return Path(mkdtemp(dir=_ROOT.name))

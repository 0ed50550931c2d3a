"""Prepare the docs for mkdocs, which calls the functions that begin with `on_`.

On the code host a link leads to any file. The site has docs/ and CONTRIBUTING.md alone, so links to other files lead to
the repository there.
"""

import re
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

ROOT = Path(__file__).resolve().parents[1]
CONTRIBUTING = "contributing.md"
_LINK = re.compile(r"\]\((?P<target>[^)\s#:]+)(?P<anchor>#[^)\s]*)?\)")


def on_files(files: "Files", config: "MkDocsConfig") -> "Files":
    """Add CONTRIBUTING.md as a page."""
    from mkdocs.structure.files import File  # noqa: PLC0415  # mkdocs is there whenever it calls this

    content = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    files.append(File.generated(config, CONTRIBUTING, content=content))
    return files


def on_page_markdown(markdown: str, *, page: "Page", config: "MkDocsConfig", files: "Files") -> str:
    """Return the text of a page with links that work on the site."""
    del files
    folder = ROOT if page.file.src_uri == CONTRIBUTING else ROOT / "docs"
    return with_links(markdown, folder=folder, repository=config.repo_url or "")


def with_links(markdown: str, *, folder: Path, repository: str) -> str:
    """Return a text of this folder with links to pages of the site as they are, and others to the repository."""

    def led(link: re.Match[str]) -> str:
        path = (folder / link["target"]).resolve()
        anchor = link["anchor"] or ""
        if path.parent == ROOT / "docs":
            return f"]({path.name}{anchor})"
        if path == ROOT / "CONTRIBUTING.md":
            return f"]({CONTRIBUTING}{anchor})"
        return f"]({repository}/blob/main/{path.relative_to(ROOT).as_posix()}{anchor})"

    return _LINK.sub(led, markdown)

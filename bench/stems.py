"""Write down the stems of common words, and of those in the lists that come with the bot: to work one out takes longer.

python -m bench.stems
"""

from pathlib import Path

import snowballstemmer

from bot.core.searching.lexicon import FAILED, NOT
from bot.core.searching.text import STEMS, STOP_WORDS, tokens
from bot.resources import PACKAGE

FOLDER = PACKAGE / "core" / "searching"
FILE = FOLDER / STEMS
LISTS = (FOLDER / "common.txt", FOLDER / "english.txt", FOLDER / "contrasts" / "contrasts.txt")


def listed(paths: tuple[Path, ...] = LISTS) -> list[str]:
    """Return the words of all lists, each once."""
    texts = [line for path in paths for line in path.read_text("utf-8").splitlines()]
    return sorted({word for text in texts for word in tokens(text)} | STOP_WORDS | FAILED | NOT)


def main() -> None:
    """Write the file."""
    stemmer, words = snowballstemmer.stemmer("english"), listed()
    FILE.write_text("".join(f"{word} {stemmer.stemWord(word)}\n" for word in words), "utf-8")
    print(f"{len(words):,} words in {FILE}")


if __name__ == "__main__":
    main()

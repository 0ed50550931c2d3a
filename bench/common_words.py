"""Write the list of common words that misspelt words are read as, where no entry uses a word like them.

    python -m bench.common_words

The words are those that the tokenizer of the sentence encoder knows whole: the encoder knows them well, and they stand
in the order of how common they are.
"""

import json

from bot.resources import MODEL, PACKAGE

SHORTEST = 3
FILE = PACKAGE / "core" / "searching" / "common.txt"


def main() -> None:
    """Write the file."""
    known = json.loads((MODEL / "tokenizer.json").read_text("utf-8"))["model"]["vocab"]
    words = [word for word in sorted(known, key=known.__getitem__) if word.isascii() and word.isalpha()]
    chosen = [word for word in words if len(word) >= SHORTEST]
    FILE.write_text("\n".join(chosen) + "\n", "utf-8")
    print(f"{len(chosen):,} words in {FILE}")


if __name__ == "__main__":
    main()

"""Print how well what asks is told by fits on the lines of `bench/asking.py` that left out the places of a line.

    python -m bench.asking_left_out

What can be chosen about the test of what asks is chosen by this, and not by the lines that are held out. The places are
dealt into five parts. Nothing is written. Takes some minutes.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from bench.asking import Line, all_lines, dealt, fitted_meaning, manners_of, said_elsewhere
from bot.core.deciding.evaluation import auroc
from bot.core.searching.text import is_latin
from bot.core.searching.vectors import Vectors
from bot.core.talk.asking import LEAST
from bot.encoder.encoder import Encoder
from bot.resources import MODEL

_MISSED = (0.03, 0.05, 0.08)
_LEFT_ALONE = 0.95
# Between these, words leave a doubt, as in the bot.
_SURE = 0.9


def clearness_left_out(lines: Sequence[Line], said: NDArray[np.float64], vectors: Vectors) -> NDArray[np.float64]:
    """Return how clearly each line asks, by vectors whose weights were fitted on lines of other places."""
    fold = dealt(lines)
    read = np.array([is_latin(line.text) for line in lines])
    by_words: NDArray[np.float64] = np.tanh(said / 2)
    clear: NDArray[np.float64] = by_words.copy()
    for number in np.unique(fold):
        kept = np.flatnonzero((fold != number) & read).tolist()
        weights = fitted_meaning([lines[at] for at in kept], said[kept], vectors[kept], vectors[0])
        for at in np.flatnonzero((fold == number) & read & (abs(by_words) < _SURE)).tolist():
            clear[at] = weights.of(said[at], vectors[at])
    return clear


def tell(name: str, clear: NDArray[np.float64], asks: NDArray[np.bool_]) -> None:
    """Print what a test is worth at the limit that ships, and at others."""
    asked, told = clear[asks], clear[~asks]
    at = [(share, (told < np.quantile(asked, share)).mean()) for share in _MISSED]
    print(f"{name}: {(told <= LEAST).mean():.1%} left alone, {(asked <= LEAST).mean():.1%} missed")
    print("  were so many missed:", ", ".join(f"{share:.0%}: {left:.1%} left alone" for share, left in at))
    print(f"  were {_LEFT_ALONE:.0%} left alone: {(asked <= np.quantile(told, _LEFT_ALONE)).mean():.1%} missed")
    print(f"  area under the curve: {auroc(asked, told):.3f}")


def main() -> None:
    """Fit five times, and print it of the lines of places."""
    lines, encoder = all_lines(), Encoder(MODEL)
    texts = [line.text for line in lines]
    said = said_elsewhere(lines).astype(np.float64)
    placed = np.array([line.place is not None for line in lines])
    asks = np.array([line.asks for line in lines])[placed]
    tell("by words", np.tanh(said / 2)[placed], asks)
    for name, vectors in (
        ("with the last layer", encoder.encode(texts)),
        ("with the middle", manners_of(encoder, texts)),
    ):
        tell(name, clearness_left_out(lines, said, vectors)[placed], asks)


if __name__ == "__main__":
    main()

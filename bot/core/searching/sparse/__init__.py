"""Find the texts nearest to a question, among a hundred thousand, in milliseconds.

Gather each `Text` in `Texts`, and make a `TextIndex` of them; it takes single texts in and out afterwards. Nothing
else of this package is for others. `docs/matching.md` says why it is not a matrix of scipy.
"""

from bot.core.searching.sparse.features import MAX_PAIRED
from bot.core.searching.sparse.text_index import Text, TextIndex, Texts

__all__ = ["MAX_PAIRED", "Text", "TextIndex", "Texts"]

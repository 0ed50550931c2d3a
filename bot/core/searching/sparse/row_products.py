"""Lay a few sparse rows out, so that they can be multiplied with each other."""

import numpy as np
import numpy.typing as npt

from bot.core.searching.arrays import Floats, Numbers, first_of_each, tally

Matrix = npt.NDArray[np.float32]


def shared_columns(owners: Numbers, features: Numbers, values: Floats, *, height: int, width: int) -> Matrix:
    """Return so many rows as a matrix that has a column for each feature that stands in more than one cell.

    Cell by cell, `owners` tells the row, `features` which of `width` features it is; cells of one place add up. The
    product of the matrix with itself is that of the rows, but for what a row shares with itself alone.
    """
    first = first_of_each(features, width)
    often = np.bincount(first, minlength=len(first)) > 1
    kept = often.take(first).nonzero()[0]
    columns = often.cumsum() - 1
    count = int(columns[-1]) + 1 if len(columns) else 0
    flat = owners.take(kept) * count + columns.take(first.take(kept))
    return tally(flat, values.take(kept), height * count).astype(np.float32).reshape(height, count)

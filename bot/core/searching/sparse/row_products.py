"""Multiply a few sparse rows with each other."""

import numpy as np

from bot.core.searching.arrays import Floats, Numbers, counted, spread, tally

# A column that stands in more rows than this is multiplied densely, a rarer one pair by pair.
OFTEN = 6
# A column and a place in one number sort quicker than places by column.
_HALF, _LOW = 32, 0xFFFFFFFF


def products(owners: Numbers, columns: Numbers, values: Floats, *, height: int) -> Floats:
    """Return the products of so many rows with each other.

    Cell by cell, `owners` tells the row, `columns` the column; cells of one place add up. The sums on the diagonal
    are those of the given cells alone.
    """
    counts = np.bincount(columns)
    often = counts > OFTEN
    width = int(often.sum())
    where = often[columns]
    thick, thin = where.nonzero()[0], (~where).nonzero()[0]
    flat = owners[thick] * width + (often.cumsum() - 1)[columns[thick]]
    matrix = tally(flat, values[thick], height * width).astype(np.float32).reshape(height, width)
    order = np.sort(columns[thin] << _HALF | thin)
    thin = order & _LOW
    sizes = counted(order >> _HALF)[1]
    each = sizes.repeat(sizes)
    right = spread((sizes.cumsum() - sizes).repeat(sizes), each)
    row, value = owners[thin], values[thin]
    pairs = tally((row * height).repeat(each) + row[right], value.repeat(each) * value[right], height**2)
    return np.asarray(matrix @ matrix.T + pairs.astype(np.float32).reshape(height, height))

"""Compute how much each of a few texts explains of a question."""

import numpy as np

from bot.core.searching.arrays import Floats


def explained(likeness: Floats, near: Floats, noise: Floats) -> Floats:
    """Return the dual weights of a kernel ridge regression: the solution of (K + noise I) w = near.

    K is the likeness of the texts to each other, `near` theirs to the question, and `noise` how little each is to
    be believed. It is the mean of a Gaussian process that is 1 at the texts of one entry and 0 at those of others
    (Rasmussen and Williams 2006, 2.2): the weights of an entry's texts add up to what it is at the question.
    Where five phrasings say the same, each gets a fifth of the credit, and what a phrasing shares with those of
    other entries counts against it.
    """
    if not len(near):
        return near
    kernel = np.array(likeness, np.float32)
    kernel.ravel()[:: len(near) + 1] += noise
    return np.asarray(np.linalg.solve(kernel, near.astype(np.float32)))

"""Say what the core needs of a sentence encoder."""

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

Encode = Callable[[Sequence[str]], npt.NDArray[np.float32] | None]
"""Turn texts into unit vectors, a row each; None says that there are none now: go on by the words alone.

The vector of a text is the same whatever it is encoded with. A text without any word has zeros.
"""

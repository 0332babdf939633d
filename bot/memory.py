"""What start-up left in memory is set apart, so that the garbage collector does not go through it during turns."""

from __future__ import annotations

import gc


def settle() -> None:
    """To be called once, when everything is built: going through modules and texts would stop every turn for 0.1 s."""
    gc.collect()
    gc.freeze()

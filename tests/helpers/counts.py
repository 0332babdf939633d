"""How often the counted tests repeat: `make check KILLS=1000` sets one, each test names its default."""

import os


def count(name: str, default: int) -> int:
    """The number set for this run, else the default; make hands an unset one over as an empty word."""
    return int(os.environ.get(name) or default)

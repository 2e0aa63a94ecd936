"""A sentence on its way from deep inside a search to whoever waits for it. Light: imports nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

_hearing: list[Callable[[str], None]] = []


@contextmanager
def hearing(hear: Callable[[str], None]) -> Iterator[None]:
    """Inside, `hear` gets every sentence told."""
    _hearing.append(hear)
    try:
        yield
    finally:
        _hearing.remove(hear)


def tell(sentence: str) -> None:
    """Tell a sentence to everybody who listens."""
    for hear in _hearing:
        hear(sentence)

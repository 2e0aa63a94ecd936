"""Compiling by numba, and telling of it. To be imported only where much is to be done: loading takes half a second."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

from numba import njit
from numba.core import event

from evenhand.solve.telling import tell

Function = TypeVar("Function", bound=Callable[..., Any])
COMPILING = "Getting the search ready for this machine; the first time takes ten seconds."


def compiled(function: Function) -> Function:
    """The function compiled by numba at its first call, kept on disk between runs where there is a place for it.

    Whoever listens (`telling`) is told before it is made. It is made for every combination of types anew.
    """
    try:
        return cast(Function, njit(cache=True)(function))
    except RuntimeError:  # neither the package's folder nor the user's can be written to
        return cast(Function, njit(function))


def part(function: Function) -> Function:
    """A part of compiled functions that only they call; without what Python needs to call it, which is slow to make."""
    bare: Any = {"no_cpython_wrapper": True, "no_cfunc_wrapper": True}
    return cast(Function, njit(**bare)(function))


class _Compiling(event.Listener):
    """Hears of all that is compiled, and of nothing that is read from disk."""

    def on_start(self, _: event.Event) -> None:
        tell(COMPILING)

    def on_end(self, _: event.Event) -> None:
        pass


event.register("numba:compile", _Compiling())  # type: ignore[no-untyped-call]  # numba has no types here

"""Compiling by numba. To be imported only where much is to be done: loading takes half a second."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

from numba import njit

Function = TypeVar("Function", bound=Callable[..., Any])


def compiled(function: Function) -> Function:
    """The function compiled by numba at its first call, kept on disk between runs."""
    return cast(Function, njit(cache=True)(function))

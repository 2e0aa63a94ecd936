"""A mixed-integer program with a linear or log-concave objective, solved by SCIP."""

from __future__ import annotations

import importlib.metadata
import math
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from pyscipopt import SCIP_EVENTTYPE, Eventhdlr, Model, quicksum  # type: ignore[attr-defined]  # its stub forgets one
from pyscipopt import log as log_of

Terms = Sequence[tuple[float, int]]
"""A linear expression: (coefficient, variable number) pairs."""

FEASIBILITY = 1e-7


_stopping = threading.Event()


def request_stop() -> None:
    """Ask every search of this process to end soon with the best it has. For a signal handler."""
    _stopping.set()


@dataclass(frozen=True)
class Limits:
    """How long a search may take, in seconds of CPU time of this process; None: until proved."""

    seconds: float | None = None
    started: float = field(default_factory=time.process_time)

    def left(self) -> float | None:
        """Seconds that remain, never below 0.05."""
        if _stopping.is_set():
            return 0.05
        if self.seconds is None:
            return None
        return max(0.05, self.seconds - (time.process_time() - self.started))

    def spent(self) -> bool:
        """Whether the time is over, or somebody asked to stop."""
        return _stopping.is_set() or (self.seconds is not None and time.process_time() - self.started >= self.seconds)


@dataclass(frozen=True)
class Answer:
    """What the search found: `values` by variable number (None: nothing found), its objective, a bound
    that no point exceeds, and whether the search ran to its end."""

    values: tuple[float, ...] | None
    objective: float
    bound: float
    finished: bool

    @property
    def infeasible(self) -> bool:
        """Proved that no point satisfies the rows."""
        return self.finished and self.values is None


class _Listener(Eventhdlr):
    """Ends the search when a stop was asked for; its calls also let Python see signals while SCIP works."""

    def eventinit(self) -> None:
        self.model.catchEvent(SCIP_EVENTTYPE.NODESOLVED, self)
        self.model.catchEvent(SCIP_EVENTTYPE.LPSOLVED, self)

    def eventexec(self, event: object) -> None:
        if _stopping.is_set():
            self.model.interruptSolve()


class Program:
    """Collects variables and rows, then searches. Variables are numbered from 0 in order of creation."""

    def __init__(self) -> None:
        self._model = Model()
        self._model.hideOutput()
        self._model.includeEventhdlr(_Listener(), "stop", "ends the search when asked to")
        self._variables: list[Any] = []

    def binary(self) -> int:
        """A variable that is 0 or 1."""
        self._open()
        return self._add(self._model.addVar(vtype="B"))

    def continuous(self, lower: float | None = 0.0, upper: float | None = None) -> int:
        """A real variable; None means unbounded on that side."""
        self._open()
        return self._add(self._model.addVar(vtype="C", lb=lower, ub=upper))

    def integer(self, lower: float | None = 0.0, upper: float | None = None) -> int:
        """A whole-numbered variable; None means unbounded on that side."""
        self._open()
        return self._add(self._model.addVar(vtype="I", lb=lower, ub=upper))

    def _open(self) -> None:
        """Make the program changeable again after a search."""
        self._model.freeTransform()

    def _add(self, variable: Any) -> int:
        self._variables.append(variable)
        return len(self._variables) - 1

    def _sum(self, terms: Terms) -> Any:
        return quicksum(coefficient * self._variables[number] for coefficient, number in terms)

    def at_least(self, terms: Terms, bound: float) -> None:
        """Add the row: sum of terms ≥ bound."""
        self._open()
        self._model.addCons(self._sum(terms) >= bound)

    def at_most(self, terms: Terms, bound: float) -> None:
        """Add the row: sum of terms ≤ bound."""
        self._open()
        self._model.addCons(self._sum(terms) <= bound)

    def equal(self, terms: Terms, bound: float) -> None:
        """Add the row: sum of terms = bound."""
        self._open()
        self._model.addCons(self._sum(terms) == bound)

    def log_of(self, terms: Terms, constant: float, lowest: float, highest: float) -> int:
        """A variable at most log(sum of terms + constant); the sum is held between lowest > 0 and highest."""
        self._open()
        total = self._model.addVar(vtype="C", lb=lowest, ub=highest)
        # An equality, not a bound: measured, it halves the time to proof.
        self._model.addCons(total == self._sum(terms) + constant)
        logarithm = self._model.addVar(vtype="C", lb=math.log(lowest), ub=math.log(highest))
        self._model.addCons(logarithm <= log_of(total))
        return self._add(logarithm)

    def maximise(self, terms: Terms, limits: Limits | None = None, nodes: int | None = None) -> Answer:
        """Search for the point with the largest sum of terms, in at most so many branches.

        May be called again with another objective.
        """
        self._open()
        self._model.setObjective(self._sum(terms), "maximize")
        return self._search(limits or Limits(), nodes)

    def _search(self, limits: Limits, nodes: int | None) -> Answer:
        left = limits.left()
        settings: dict[str, Any] = {
            "misc/catchctrlc": False,
            "limits/gap": 0.0,
            "limits/absgap": 0.0,
            "numerics/feastol": FEASIBILITY,
            "timing/clocktype": 1,
            "limits/time": 1e20 if left is None else left,
            "limits/nodes": -1 if nodes is None else nodes,
            "parallel/maxnthreads": 1,
        }
        self._model.setParams(settings)
        self._model.optimize()
        finished = self._model.getStatus() in ("optimal", "infeasible")
        if self._model.getNSols() == 0:
            return Answer(None, float("-inf"), self._bound(finished), finished)
        values = tuple(float(self._model.getVal(variable)) for variable in self._variables)
        return Answer(values, float(self._model.getObjVal()), float(self._model.getDualbound()), finished)

    def _bound(self, finished: bool) -> float:
        """What no point exceeds, of a search that found none: known as soon as the first relaxation was solved."""
        bound = float(self._model.getDualbound())
        return float("inf") if finished or self._model.isInfinity(abs(bound)) else bound


def solver_versions() -> dict[str, str]:
    """Names and versions of what computes answers, for the record of a solution."""
    return {"pyscipopt": importlib.metadata.version("pyscipopt"), "scip": f"{Model().version():.1f}"}

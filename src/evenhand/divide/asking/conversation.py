"""A protocol under way: one question at a time, until there is an outcome."""

from __future__ import annotations

from evenhand.deals import Outcome
from evenhand.divide.asking.question import Answer, Protocol, Question


class Conversation:
    """Holds the question that is open; after the last answer, the outcome.

    Nothing but the answers reaches the protocol. A wrong answer leaves the question open.
    """

    def __init__(self, protocol: Protocol) -> None:
        self._protocol = protocol
        self.question: Question | None = None
        self.outcome: Outcome | None = None
        self.said: list[tuple[Question, Answer]] = []
        self._begin()

    def answer(self, given: object) -> None:
        """Take the answer to the open question, as plain data. Raises Mistake where it does not count."""
        assert self.question is not None
        read = self.question.read(given)
        self.said.append((self.question, read))
        try:
            self.question = self._protocol.send(read)
        except StopIteration as end:
            self._end(end.value)

    def _begin(self) -> None:
        try:
            self.question = next(self._protocol)
        except StopIteration as end:
            self._end(end.value)

    def _end(self, outcome: Outcome) -> None:
        self.question, self.outcome = None, outcome

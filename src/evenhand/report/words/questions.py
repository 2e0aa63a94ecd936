"""Questions to one party in plain words, and how to answer them. No preference is used."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from evenhand.case import Asset, Cake, Case, Divisible, Mistake
from evenhand.divide.asking import ChoosePieces, ChoosePile, Mark, Question, Split, Spread, Trim
from evenhand.report.words.cutting import pile_text
from evenhand.report.words.plain import amount, pieces_text, place_text, share_text


@dataclass(frozen=True)
class QuestionWords:
    """What is asked, line by line, and how to answer it."""

    lines: tuple[str, ...]
    answer: str


def question_words(case: Case, question: Question) -> QuestionWords:
    """A question as it is put to its party."""
    if isinstance(question, Mark):
        return _mark(case, question)
    if isinstance(question, Trim):
        return _trim(case, question)
    if isinstance(question, ChoosePieces):
        return _choose_pieces(case, question)
    if isinstance(question, ChoosePile):
        piles = [f"{number}  {pile_text(case, pile)}" for number, pile in enumerate(question.piles, 1)]
        return QuestionWords(("Which pile do you take?", *piles), "1 or 2")
    return _split(case, question) if isinstance(question, Split) else _spread(case, question)


def typed_answer(question: Question, text: str) -> object:
    """What a person typed, as plain data that the question can read. Raises Mistake."""
    if isinstance(question, Split | Spread):
        return _numbered(question, text)
    if isinstance(question, ChoosePieces):
        return text.replace(",", " ").split()
    return text


def _numbered(question: Split | Spread, text: str) -> dict[str, str]:
    """Things with their numbers ("house 60, car 40"); in a pile, a thing alone is all of it."""
    found: dict[str, str] = {}
    for item in filter(None, (part.strip() for part in text.split(","))):
        name, *number = item.split()
        if len(number) > 1 or (not number and isinstance(question, Spread)):
            raise Mistake(f"“{item}” is not a thing with its number", "Write things like: house 60, car 40.")
        if name in found:
            raise Mistake(f"“{name}” stands there twice", "Name each thing once.")
        found[name] = number[0] if number else "1"
    return found


def _cake(case: Case, name: str) -> Cake:
    issue = case.issue(name)
    assert isinstance(issue, Cake)
    return issue


def _whole(cake: Cake, whole: tuple[Fraction, Fraction]) -> str:
    ends = (cake.marks[0], cake.marks[-1])
    return f"the whole of {cake.label}" if whole == ends else f"{cake.label} {pieces_text(cake, (whole,))}"


def _mark(case: Case, question: Mark) -> QuestionWords:
    cake = _cake(case, question.cake)
    start, end = place_text(cake, question.start), place_text(cake, question.end)
    part, whole = share_text(question.part), _whole(cake, question.whole)
    line = f"Think of a piece of {cake.label} that begins at {start} and grows. Up to where must it go to be worth"
    return QuestionWords((f"{line} {part} of {whole} to you?",), f"a place from {start} to {end}, such as 12.5")


def _trim(case: Case, question: Trim) -> QuestionWords:
    cake = _cake(case, question.cake)
    piece = f"{cake.label} {pieces_text(cake, ((question.start, question.end),))}"
    part, whole = share_text(question.part), _whole(cake, question.whole)
    return QuestionWords(
        (
            f"The piece on the table is {piece}.",
            f"Is it worth more than {part} of {whole} to you? Then cut it down to just that: up to where?",
            "You may get the piece you cut.",
        ),
        f"a place from {place_text(cake, question.start)} on, or pass to let it stand",
    )


def _choose_pieces(case: Case, question: ChoosePieces) -> QuestionWords:
    cake = _cake(case, question.cake)
    pieces = [f"{number}  {pieces_text(cake, (piece,))}" for number, piece in enumerate(question.pieces, 1)]
    if question.count == 1:
        return QuestionWords((f"{cake.label} was cut. Which piece do you take?", *pieces), "the number of your piece")
    asked = f"{cake.label} was cut. Which {question.count} pieces do you take?"
    return QuestionWords((asked, *pieces), f"{question.count} numbers, such as 1, 2")


def _split(case: Case, question: Split) -> QuestionWords:
    lines = (
        "Make two piles of these things. The other will take one pile, you get the other.",
        "Make them so that you would be content with either.",
        *_things(case, question.issues),
    )
    return QuestionWords(lines, "what lies in the first pile, such as: house, savings 1/2")


def _spread(case: Case, question: Spread) -> QuestionWords:
    total = amount(question.total)
    lines = [f"Spread {total} points over these: the more you want something, the more points."]
    if any(_is_burden(case, issue) for issue in question.issues):
        lines.append("For a burden: the more you want to be rid of it, the more points.")
    answer = f"points that come to {total}, such as: house 60, car 40"
    return QuestionWords((*lines, *_things(case, question.issues)), answer)


def _things(case: Case, issues: tuple[str, ...]) -> list[str]:
    width = max(len(issue) for issue in issues)
    return [f"{issue:<{width}}  {_about(case, issue)}" for issue in issues]


def _about(case: Case, name: str) -> str:
    issue = case.issue(name)
    kind = "whole" if isinstance(issue, Asset) else "can be split"
    burden = ", a burden" if _is_burden(case, name) else ""
    return f"{issue.label} ({kind}{burden})"


def _is_burden(case: Case, name: str) -> bool:
    issue = case.issue(name)
    return isinstance(issue, Asset | Divisible) and issue.burden

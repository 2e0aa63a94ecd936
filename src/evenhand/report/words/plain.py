"""Numbers, names, shares and settlements as people read them."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from evenhand.case import JOINT, Cake, Case, Chosen, Divisible, Issue, fraction_text, plain_decimal
from evenhand.deals import Deal, Pieces, Settlement


def points(number: Fraction) -> str:
    """Points for people: up to two decimals ("65.83")."""
    return plain_decimal(number)


def amount(number: Fraction) -> str:
    """A quantity with thousands separated ("20,000")."""
    whole, _, rest = plain_decimal(number).partition(".")
    return f"{int(whole):,}" + (f".{rest}" if rest else "")


def label(case: Case, party: str) -> str:
    """A party's name, fit to stand in a sentence."""
    return isolated(case.party(party).label)


def isolated(name: str) -> str:
    """A name that does not pull the numbers around it to its other side, if it is written from the right."""
    if any(unicodedata.bidirectional(sign) in ("R", "AL") for sign in name):
        return f"\u2068{name}\u2069"
    return name


def settlement_text(case: Case, issue: Issue, deal: Deal) -> str:
    """How an issue is settled, in words: an option, a party, shares, or pieces."""
    if isinstance(issue, Cake):
        return "; ".join(f"{label(case, p)} {pieces_text(issue, found)}" for p, found in deal.pieces[issue.id].items())
    return term_text(case, issue, deal[issue.id])


def term_text(case: Case, issue: Issue, term: Settlement) -> str:
    """A settlement of an issue, or part of one, in words; of a line only how much of it each gets."""
    if isinstance(issue, Chosen):
        return issue.option(str(term)).label
    if isinstance(term, str) and not isinstance(issue, Divisible):
        return "held jointly" if term == JOINT else label(case, term)
    shares = {term: Fraction(1)} if isinstance(term, str) else term
    return ", ".join(f"{label(case, party)} {_part(issue, share)}" for party, share in shares.items())


def _part(issue: Issue, share: Fraction) -> str:
    text = "all" if share == 1 else share_text(share)
    extent = measured(issue, share)
    if extent and share.denominator > 20:
        return extent
    return f"{text} ({extent})" if extent else text


def pieces_text(cake: Cake, pieces: Pieces) -> str:
    """The pieces of a cake that a party has: "0–12.5 and 40–60 km"."""
    parts = listed([f"{plain_decimal(start)}–{plain_decimal(end)}" for start, end in pieces])
    return f"{parts} {cake.unit}".rstrip()


def place_text(cake: Cake, at: Fraction | str) -> str:
    """A position on a cake: "12.5 km"."""
    return f"{plain_decimal(Fraction(at))} {cake.unit}".rstrip()


def money_text(case: Case, money: Fraction) -> str:
    """A sum of money in the case's own unit ("1,250 EUR")."""
    unit = case.money.unit if case.money else ""
    return f"{amount(money)} {unit}".rstrip()


def payments_text(case: Case, deal: Deal) -> str:
    """Who pays and who receives, in one line; empty where nobody does."""
    flows = [(label(case, party), paid) for party, paid in deal.payments.items() if paid]
    rows = [f"{name} {'pays' if paid > 0 else 'receives'} {money_text(case, abs(paid))}" for name, paid in flows]
    if deal.subsidy:
        rows.append(f"{money_text(case, deal.subsidy)} is added from outside")
    return ", ".join(rows)


def measured(issue: Issue, share: Fraction) -> str:
    """A share of a divisible in its own unit; nothing where the case does not say how much there is."""
    if isinstance(issue, Divisible) and issue.amount is not None:
        return f"{amount(issue.amount * share)} {issue.unit}".rstrip()
    return ""


def share_text(share: Fraction) -> str:
    """A share as a short fraction, or in percent where the fraction would be long."""
    return fraction_text(share) if share.denominator <= 20 else f"{plain_decimal(share * 100, 1)}%"


def listed(items: Sequence[str]) -> str:
    """ "a, b and c" """
    if len(items) < 2:
        return "".join(items)
    return ", ".join(items[:-1]) + " and " + items[-1]


def points_of(text: str) -> str:
    """Points for people, from a fraction as text."""
    return points(Fraction(text))


def short_number(text: str) -> str:
    """A fraction for people: as it is when short, else to about six digits."""
    if len(text) <= 5:
        return text
    if "e" in text:
        # A huge limit, written as digits and a power of ten, may not fit a float.
        return f"{Decimal(text):.5e}"
    number = float(Fraction(text))
    return f"{number:,.2f}".removesuffix(".00") if 100 <= number < 10**9 else f"{number:.6g}"

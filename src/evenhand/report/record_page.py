"""The review page of a record: one self-contained file on which a person accepts, corrects or rejects statements.

What the page saves is the record itself as JSON, which `evenhand` reads back.
"""

from __future__ import annotations

import json
from typing import get_args

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from evenhand import __version__
from evenhand.record.file import as_plain
from evenhand.record.model import ActKind, Record, Strength


def record_page(record: Record) -> str:
    """The page, with the record in it."""
    words = Environment(
        loader=PackageLoader("evenhand.report"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    return words.get_template("record.html.j2").render(
        data=_embedded(as_plain(record)),
        kinds=get_args(ActKind),
        strengths=get_args(Strength),
        version=__version__,
    )


def _embedded(plain: object) -> Markup:
    """Data as JSON that cannot end the script it stands in."""
    text = json.dumps(plain, ensure_ascii=True)
    return Markup(text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))

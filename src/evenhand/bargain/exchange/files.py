"""Which of some files make a scenario, in which format; and a case as the files of a format."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn

from evenhand.bargain.exchange import genius, geniusweb, negmas
from evenhand.bargain.exchange.cases import Read, case_of, scenario_of
from evenhand.bargain.exchange.markup import Part, read_markup
from evenhand.bargain.exchange.scenario import Scenario
from evenhand.case import Case, CaseError, Document, Problem, file_bytes, id_of, read_document

_WANTED = "Name a folder, or the domain file and a file for each party."
_ENDINGS = (".xml", ".json", ".yml", ".yaml")
_Writer = Callable[[Scenario, Sequence[str]], tuple[dict[str, str], list[str]]]
_WRITERS: Mapping[str, _Writer] = {
    "genius": genius.genius_files,
    "geniusweb": geniusweb.geniusweb_files,
    "negmas": negmas.negmas_files,
}
FORMATS = tuple(_WRITERS)


@dataclass(frozen=True)
class Written:
    """A case in another format: file names with their text, and what the mediator should know."""

    files: Mapping[str, str]
    notes: tuple[str, ...]


def case_files(case: Case, form: str, *, leave_out: bool = False) -> Written:
    """The case as the files of one of FORMATS. Raises CannotHold for what the format has no place for."""
    scenario = scenario_of(case, leave_out=leave_out)
    width = len(str(len(scenario.profiles)))
    parties = [party.id for party in case.principals]
    stems = [f"{number:0{width}d}-{id_of(party) or 'party'}" for number, party in enumerate(parties, 1)]
    files, notes = _WRITERS[form](scenario, stems)
    return Written(files, (*scenario.notes, *notes))


def is_scenario(paths: Sequence[Path]) -> bool:
    """Whether these are another program's files rather than one case file."""
    if len(paths) != 1 or paths[0].is_dir() or paths[0].suffix.lower() == ".xml":
        return True
    return _Sorted([paths[0]]).kinds > 0


def read_scenario(paths: Sequence[Path]) -> Read:
    """The case in the files, or in the one folder, named. Raises CaseError listing every mistake found."""
    title = paths[0].resolve().name if paths[0].is_dir() else paths[0].resolve().parent.name
    found = _Sorted(_listed(paths))
    at = str(paths[0])
    if found.kinds == 0:
        _stop(at, "no file of GENIUS, GeniusWeb or NegMAS is here.", _WANTED)
    if found.kinds > 1:
        _stop(at, "files of more than one format are here.", "Name the files of one.")
    if len(found.domains) > 1:
        _stop(found.domains[1], "this is a second domain.", "Name the files of one negotiation.")
    if not found.parties:
        _stop(at, "no file says what a party wants.", _WANTED)
    read = case_of(found.scenario(title or "A negotiation", at))
    skipped = [f"{Path(name).name} was not looked at: it is no part of a scenario." for name in found.skipped]
    return Read(read.case, (*skipped, *read.notes))


def _listed(paths: Sequence[Path]) -> list[Path]:
    """The files named, and in a folder those that may belong to a scenario, by name."""
    found: list[Path] = []
    for path in paths:
        inside = sorted(path.iterdir(), key=lambda one: one.name) if path.is_dir() else [path]
        hidden = path.is_dir()
        found += [one for one in inside if not hidden or (one.suffix.lower() in _ENDINGS and one.name[0] != ".")]
    return found


@dataclass
class _Sorted:
    """Files by what they are."""

    files: Sequence[Path]
    genius_domains: list[Part] = field(default_factory=list)
    genius_spaces: list[Part] = field(default_factory=list)
    web_domains: list[Document] = field(default_factory=list)
    web_profiles: list[Document] = field(default_factory=list)
    negmas_domains: list[Document] = field(default_factory=list)
    negmas_functions: list[Document] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        for path in self.files:
            if path.suffix.lower() == ".xml":
                self._sort_markup(read_markup(file_bytes(path), str(path)))
            else:
                self._sort_document(read_document(path))

    def _sort_markup(self, part: Part) -> None:
        place = {genius.DOMAIN: self.genius_domains, genius.SPACE: self.genius_spaces}.get(part.tag)
        if place is None:
            self.skipped.append(part.file)
        else:
            place.append(part)

    def _sort_document(self, document: Document) -> None:
        tree = document.tree
        names = tree if isinstance(tree, dict) else {}
        if geniusweb.VALUES in names:
            self.web_domains.append(document)
        elif geniusweb.SPACE in names or any(name in names for name in geniusweb.OTHER_SPACES):
            self.web_profiles.append(document)
        elif negmas.is_domain(tree):
            self.negmas_domains.append(document)
        elif negmas.is_function(tree):
            self.negmas_functions.append(document)
        else:
            self.skipped.append(document.file)

    @property
    def kinds(self) -> int:
        """How many formats have files here."""
        return sum(
            bool(domains or parties)
            for domains, parties in (
                (self.genius_domains, self.genius_spaces),
                (self.web_domains, self.web_profiles),
                (self.negmas_domains, self.negmas_functions),
            )
        )

    @property
    def domains(self) -> list[str]:
        """The names of the domain files."""
        documents = (*self.web_domains, *self.negmas_domains)
        return [*(part.file for part in self.genius_domains), *(document.file for document in documents)]

    @property
    def parties(self) -> int:
        """How many files say what a party wants."""
        return len(self.genius_spaces) + len(self.web_profiles) + len(self.negmas_functions)

    def scenario(self, title: str, at: str) -> Scenario:
        """What the files of the one format say."""
        if self.web_profiles:
            return geniusweb.read_geniusweb(title, next(iter(self.web_domains), None), self.web_profiles)
        if not self.domains:
            _stop(at, "the domain file is missing.", _WANTED)
        if self.genius_spaces:
            return genius.read_genius(title, self.genius_domains[0], self.genius_spaces)
        return negmas.read_negmas(title, self.negmas_domains[0], self.negmas_functions)


def _stop(file: str, what: str, mend: str) -> NoReturn:
    raise CaseError([Problem(file, 0, 0, "", what, mend)])

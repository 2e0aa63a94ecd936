"""Certificates written to a file, and checked again from it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import typer

from evenhand.cli.running import Opened, console, refuse, stop, write

if TYPE_CHECKING:
    from evenhand.settle import Solution

REFUTED = 1
"""The exit code when a certificate is refuted."""


def write_certificates(opened: Opened, solution: Solution, file: Path | None) -> None:
    """Write the certificates of a solution; for one party, only those it may see."""
    if file is None:
        return
    from evenhand.certify import certificates_json, certify_for
    from evenhand.report.shape import dumped

    found = certify_for(opened.case, solution.deal, opened.eyes) if opened.eyes else solution.certificates
    content = certificates_json(opened.case, solution.deal, found, solution.versions, opened.eyes)
    write(str(file), dumped(content) + "\n", as_json=opened.as_json)


def recheck_file(opened: Opened, file: Path) -> NoReturn:
    """Check every certificate of a file again and say what was found; ends with exit code 0 or 1."""
    from evenhand.case import CaseError
    from evenhand.certify import load_certificates, recheck

    try:
        written = load_certificates(opened.case, file)
    except CaseError as error:
        stop(error.problems, as_json=opened.as_json)
    findings = recheck(opened.case, written)
    if opened.as_json:
        from evenhand.report.shape import dumped

        about = {"case": written.title, "same_case": written.is_of(opened.case), "for": written.eyes}
        typer.echo(dumped({**about, "findings": [finding.as_json() for finding in findings]}))
    else:
        from evenhand.report.terminal import show_findings

        show_findings(console(), opened.case, written, findings)
    raise typer.Exit(REFUTED if any(finding.outcome == "refuted" for finding in findings) else 0)


def only_recheck(opened: Opened, deal: str | None, file: Path | None) -> None:
    """Refuse what does not go with --recheck: the file says which deal it is about, and for whom."""
    if deal is not None or file is not None or opened.eyes is not None:
        mend = "Leave out DEAL, --for and --certificates."
        refuse("with --recheck, the file says the deal and for whom it is.", mend, as_json=opened.as_json)

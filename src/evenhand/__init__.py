"""Evenhand carries a negotiation from the first public statements to a deal that proves itself.

The rooms, lowest floor first: `case` (the document), `solve` (the one door to a solver), `deals` (the
space of deals), `divide` (procedures), `certify` (exact checks), `settle` (the front desk), `report`
(words, pictures, documents), `cli` (the command line). A lower room never imports a higher one.
"""

__version__ = "0.1.0"

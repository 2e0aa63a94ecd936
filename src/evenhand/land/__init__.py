"""Land: who holds what share of a territory, and where a line could run that both sides could sign.

In: layers of `maps`, or a case with an issue of kind `territory`. Out: shares by date and source with every choice
behind the figure; lines, each side of which is connected, with what they are worth to each party and how far from the
best they can be.

Of lines, read in this order: `ground` (a case and its map, checked against each other), `values` (what cells are worth,
exactly), `lines` (a line measured), `problem` (a territory as the numbers that `solve.regions` takes), `dividing` (the
lines worth discussing), `ceiling` (what no line can pass, with its proof), `ensemble` (a line among random ones).

`shares` is about who holds how much of a territory, by date and source; `kinds` says which areas count as control.

Promised: what is said of a line is summed in fractions; a search is never said to have found the best, only how far
from it it can be; the same seed gives the same lines on any machine, unless a limit of time ends the search.
"""

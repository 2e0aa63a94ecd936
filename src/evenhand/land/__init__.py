"""Land: who holds what share of a territory, and where a line could run that both sides could sign.

In: layers of `maps`, or a case with an issue of kind `territory`. Out: shares by date and source with every choice
behind the figure; lines, each side of which is connected, with what they are worth to each party and how far from the
best they can be.
"""

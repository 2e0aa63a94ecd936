"""Checking certificates again, without searching: for a sceptic with an afternoon.

Comes in: a `Claim`, which is the case, the deal, and a verdict with its witness as somebody wrote it down.
Goes out: nothing, or `Wrong` with what is wrong, or `NotRecheckable` where the certificate itself says that
its witness is not complete.

Nothing here is shared with the checks that made the certificates, nor with those who found the deal: only
the case, the noun Deal, and comparisons of powers (`solve.powers`) are used. Arithmetic is exact, nothing
is searched, and each function says how much work it is for n parties and m issues.

Read in this order: `claim` (how a witness is read and compared), `worth` (points added up), `rules` (rules
read off the case), `meaning` (where a property has a meaning), then a file for each family of properties:
`agreement`, `land`, `envy`, `fairness`, `maximin`, `fractional`, `equilibrium`, `pareto` (with `deals` and `one_each`),
`with_money`, `leximin`, `product`.
"""

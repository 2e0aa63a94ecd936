"""Explaining: words, bars, the terminal view, the HTML report, and the stable JSON.

Comes in: a `Case` and `Solution`s. Goes out: text for people or data for programs.

Read `words` (a package of sentences; one party's are made from that party's view of the case alone), `shape` (JSON),
`charts` (SVG), `terminal` (the view in 80 columns), `page` (the self-contained HTML file). Of bargaining: `picture` and
`scatter` (packages of two parties), `terminal_bargaining`, `bargaining_page`, `shape_bargaining`. `notebook` shows
cases, deals and frontiers in notebooks.

Promised: no jargon on a party's page; nothing on it depends on another party's private numbers; parties
in the case's own order; no network needed to open what is written.
"""

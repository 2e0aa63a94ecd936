"""What is English in the record: from a text to who said, thought or meant what.

In: a text. Out: attributions, each a cue, its content and its source as spans of code points, with a score for each.

Read `tree` first (sentences and their grammar as plain lists; `language` loads and checks the model, `paragraphs`
cuts long texts), then `attributions`, which runs the finders and merges what they propose: `verbs`, `nominal` (nouns
and adjectives), `phrases` ("according to"), `quoting` (over `quotes`) and `colons`. `mentions` leads "he" and
surnames back to names. `subjects` says whose a verb or a noun is. `lexicon` reads the word lists in `words`; they say
what may follow each word, and are lists of English, not of any one text. Everything except `language` and `tree`
works on plain lists and needs no model. `dates` stands apart: it finds times and says what they mean (rules in
`date_rules`, tense in `leaning`).
"""

from evenhand.record.english.attributions import Attribution, attributed, attributions
from evenhand.record.english.dates import Dated, dates_in, value_at, values_at
from evenhand.record.english.language import language
from evenhand.record.english.scoring import Scores
from evenhand.record.english.tree import Span, Tree, trees

__all__ = [
    "Attribution",
    "Dated",
    "Scores",
    "Span",
    "Tree",
    "attributed",
    "attributions",
    "dates_in",
    "language",
    "trees",
    "value_at",
    "values_at",
]

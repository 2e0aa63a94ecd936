"""The record: from reports to who said what, each statement tied to the exact characters it rests on.

In: texts with a date and a publisher. Out: statements, acts, proposals, quantities, meetings and dates, for a person
to confirm; and from what was confirmed, the draft of a case.
"""

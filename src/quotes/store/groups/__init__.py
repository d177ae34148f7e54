"""Grouping as it is stored: edges, families, utterances, claims and conflicts, kept up with every article.

`incremental` follows each article that is added or removed, `rebuild` makes all anew; both decide by the functions of
`quotes.group`, which look at two wordings and at nothing else.
"""

"""What each page of the browser shows: plain SQLite look-ups that return small frozen values.

Every function takes a connection whose rows have names. None reads a large table from end to end, whatever is stored:
lists are cut, counts are read from the totals that triggers keep, and matches are looked through up to a bound that the
answer tells.
"""

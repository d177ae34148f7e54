"""The pages for reading: start, search, speaker, claim, article, conflicts, drift, coverage and suggestions."""

"""Joining statements that say the same: the comparison of two wordings."""

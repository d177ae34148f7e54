"""From a mention ("he", "Reda") to a name in the article, and from a name to one speaker across articles."""

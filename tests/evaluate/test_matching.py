import pytest

from quotes.evaluate.matching import jaccard, match_best_first


def words(text):
    return frozenset(map(int, text))


def test_jaccard_is_the_share_of_the_words_in_both():
    assert jaccard(words("123"), words("2345")) == 2 / 5


@pytest.mark.parametrize(
    ("gold", "predicted", "matched"),
    [
        (["12"], ["12"], {0: 0}),
        (["12"], ["1"], {0: 0}),  # 1 of 2 is enough
        (["123"], ["1"], {}),  # 1 of 3 is not
        (["12"], ["1", "12"], {0: 1}),  # the best goes first
        (["12", "12"], ["12"], {1: 0}),  # among equals the later gold
        (["12"], ["12", "12"], {0: 1}),  # then the later prediction
        (["123", "12"], ["12", "1"], {0: None, 1: 0}),  # each is matched once
        ([], ["1"], {}),
        (["1"], [], {}),
    ],
)
def test_match_is_one_to_one_and_best_first(gold, predicted, matched):
    found = match_best_first([words(text) for text in gold], [words(text) for text in predicted])
    assert found == {i: j for i, j in matched.items() if j is not None}

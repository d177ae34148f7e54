"""Which language a text is in, and what counts as English."""

import pytest

from quotes.language import detect_language, is_english


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The minister said that the road is open again and that it was never closed.", "en"),
        ("Le ministre a déclaré samedi que la route est de nouveau ouverte, selon l'agence.", "fr"),
        ("Der Minister sagte am Samstag, die Straße sei wieder offen und sicher.", "de"),
        ("وزیر دفاع گفت که امنیت دو کشور به هم پیوسته است و همکاری ادامه خواهد یافت.", "fa"),
        ("Министр обороны заявил в субботу, что дорога снова открыта и безопасна.", "ru"),
        ("防长星期六表示,道路已重新开放,两国的安全是分不开的,合作将继续下去,他说这对地区和平十分重要。", "zh"),
    ],
)
def test_language_is_told_by_the_text(text, language):
    assert detect_language(text) == language


@pytest.mark.parametrize("text", ["", "Words.", "Hello", "The end.", "12 34 56", "Kliotech Visakha Pvt. Ltd."])
def test_language_of_a_few_words_is_not_told(text):
    assert detect_language(text) is None


@pytest.mark.parametrize("code", [None, "", "en", "EN", "en-GB", "en_US", "eng", "English"])
def test_language_codes_of_english(code):
    assert is_english(code)


@pytest.mark.parametrize("code", ["fr", "fr-CA", "fa", "enm"])
def test_language_codes_of_others(code):
    assert not is_english(code)

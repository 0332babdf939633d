"""Telephone numbers in a text become links that call; times, dates and amounts do not."""

import pytest

from bot.web.render import phones


@pytest.mark.parametrize(
    "number", ["112", "113", "116 123", "116 111", "080 11 55", "031 233 211", "05 720 17 20"]
)
@pytest.mark.parametrize("around", ["{}", "{}: a line", "call {}.", "({})", "\u2068{}\u2069,"])
def test_a_number_is_a_link(number: str, around: str) -> None:
    assert f'href="tel:{number.replace(" ", "")}">{number}</a>' in phones(around.format(number))


@pytest.mark.parametrize("text", ["11:30", "112,5", "112 €", "3. 11. 2026", "08:00–15:00", "1120"])
def test_other_figures_are_not(text: str) -> None:
    assert "tel:" not in phones(text)


def test_the_rest_is_escaped() -> None:
    assert "&lt;b&gt;" in phones("<b>112</b>")

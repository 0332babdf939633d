"""What a person wrote is shown without the signs nobody sees."""

from bot.console.text import plain, spoken


def test_hidden_characters_are_left_out() -> None:
    tricks = (
        "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b\u200e\u200f\u2060\ufeff\x00\x1b\x85"
    )
    assert plain(f"a{tricks}b\r\nc\td\u2028e") == "ab\nc\td\ne"
    assert plain("čšž ë 你好 سلام 🙂") == "čšž ë 你好 سلام 🙂"
    assert plain("می\u200cخواهم 👩\u200d👧") == "می\u200cخواهم 👩\u200d👧"  # spelled with joiners
    assert plain(None) == ""


def test_what_our_texts_keep_apart_stays_apart_and_nothing_else_turns() -> None:
    assert spoken("خط \u2068080 11 55\u2069: \u202eabc") == 'خط <bdi dir="ltr">080 11 55</bdi>: abc'
    assert (
        spoken("\u2069<b>\u2068\u2068x") == '&lt;b&gt;<bdi dir="ltr"><bdi dir="ltr">x</bdi></bdi>'
    )  # always in pairs, always escaped
    assert spoken("") == ""

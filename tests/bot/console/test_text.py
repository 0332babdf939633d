"""What a person wrote is shown without the signs nobody sees."""

from bot.console.text import plain


def test_hidden_characters_are_left_out() -> None:
    tricks = (
        "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b\u200e\u200f\u2060\ufeff\x00\x1b\x85"
    )
    assert plain(f"a{tricks}b\r\nc\td\u2028e") == "ab\nc\td\ne"
    assert plain("čšž ë 你好 سلام 🙂") == "čšž ë 你好 سلام 🙂"
    assert plain("می\u200cخواهم 👩\u200d👧") == "می\u200cخواهم 👩\u200d👧"  # spelled with joiners
    assert plain(None) == ""

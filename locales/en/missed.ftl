# Draft: needs a native reader. Status: docs/translations.md
# A locked phone shows the first line: at most 40 harmless characters, no service, topic or name.
# No threat, no score, no blame: tests/flows/test_missed.py holds the words that may not stand here.
missed-today =
    We missed you today. 🙂
    It is all right. What would you like?
missed-on =
    We missed you on { WEEKDAY($at) }. 🙂
    It is all right. What would you like?
missed-before =
    We missed you. 🙂
    It is all right. What would you like?
missed-again = A new time
missed-time = Time did not suit
missed-contact = A person, please
missed-needless = Not needed now
missed-needless-done = Good. You can write whenever you like.
missed-hard =
    We missed you. 🙂
    What makes it hard? You do not have to say.
missed-hard-children = Children
missed-hard-money = Bus or money
missed-hard-work = Work
missed-hard-health = Health
missed-hard-unclear = It was not clear
missed-hard-none = I will not say
missed-noted = Thank you. Maybe we can make it easier together.
missed-noted-time = Thank you. We can find a time that suits you.
missed-noted-none = That is fine. You are welcome here.

# What an organisation is asked. Draft: needs a native reader. Status: docs/translations.md
confirm-title = Is this still correct?
confirm-about = { $site } tells people about your service. Please look whether everything here is still right.
confirm-right = All still correct
confirm-words = Something changed:
confirm-words-hint = Write it as you would say it. A colleague of ours reads it and makes the change.
confirm-changed = Send what changed
confirm-thanks = Thank you.
confirm-thanks-right = We have noted that everything is still correct.
confirm-thanks-changed = We have your message. A colleague will look at it.
confirm-over = This link is over or wrong. It works once, for 14 days. Please ask us for a new one.
confirm-empty = Please write what changed.
confirm-long = That is too long. Please write at most 1000 characters.
confirm-meanwhile = These facts were changed just now. Please look at them once more.

# Draft: needs a native reader. Status: docs/translations.md
place-ask = Katera info točka je blizu vas?
place-choice = { $place }
place-more = ➡️ Še več
place-done = Vaša info točka je { $site }: { $address }.
place-open = 📍 Info točka

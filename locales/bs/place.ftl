# Draft: needs a native reader. Status: docs/translations.md. Source of hr, sr and sr-Cyrl: docs/translations.md says how.
place-ask = Koja info tačka je blizu vas?
place-choice = { $place }
place-more = ➡️ Još
place-done = Vaša info tačka je { $site }: { $address }.
place-open = 📍 Info tačka

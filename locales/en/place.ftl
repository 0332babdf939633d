# Draft: needs a native reader. Status: docs/translations.md
place-ask = Which info point is near you?
place-choice = { $place }
place-more = ➡️ More
place-done = Your info point is { $site }: { $address }.
place-open = 📍 Info point

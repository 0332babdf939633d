# Draft: needs a native reader. Status: docs/translations.md
place-ask = Cila pikë informacioni është afër jush?
place-choice = { $place }
place-more = ➡️ Më shumë
place-done = Pika juaj është { $site }: { $address }.
place-open = 📍 Pika juaj

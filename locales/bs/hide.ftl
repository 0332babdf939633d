# Draft: needs a native reader. Status: docs/translations.md. Source of hr, sr and sr-Cyrl: docs/translations.md says how.
hide-weather-text = ☀️ Ove sedmice vrijeme se brzo mijenja. Ujutro može biti hladno. Ponesite jaknu.
hide-bus-text = 🚌 Red vožnje je na stanici. Nedjeljom vozi manje autobusa. Kartu kupite prije vožnje.
hide-weather = ☀️ Vrijeme
hide-bus = 🚌 Autobus

# Draft: needs a native reader. Status: docs/translations.md. Source of hr, sr and sr-Cyrl: docs/translations.md says how.
voice-play = 🔊 { $size } kB
voice-gone = Glasa sada nema. Molimo, pročitajte ili izaberite 🙋 Osoba.

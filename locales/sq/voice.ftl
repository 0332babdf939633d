# Draft: needs a native reader. Status: docs/translations.md
voice-play = 🔊 { $size } kB
voice-gone = Tani nuk ka zë. Ju lutem, lexoni tekstin ose zgjidhni 🙋 Një njeri.

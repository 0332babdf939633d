# Draft: needs a native reader. Status: docs/translations.md
voice-play = 🔊 { $size } kB
voice-gone = Zëri nuk është këtu tani. Ju lutem lexoni, ose zgjidhni 🙋 Një njeri.

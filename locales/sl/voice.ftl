# Draft: needs a native reader. Status: docs/translations.md
voice-play = 🔊 { $size } kB
voice-gone = Glasu zdaj ni. Prosimo, preberite ali izberite 🙋 Človek.

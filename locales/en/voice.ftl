# Draft: needs a native reader. Status: docs/translations.md
voice-play = 🔊 { $size } kB
voice-gone = The voice is not here now. Please read this, or choose 🙋 A person.

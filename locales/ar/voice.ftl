# Draft: needs a native reader. Status: docs/translations.md
voice-play = 🔊 صوت ⁨{ $size } kB⁩
voice-gone = لا يوجد صوت الآن. يمكن قراءة النص، أو اختيار 🙋 شخص.

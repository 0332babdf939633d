# Draft: needs a native reader. Status: docs/translations.md
media-passed = We give it to a person.
media-missing = What you sent is not with us. Send it again, or show it to us at the desk.
media-too-big = This is too big for us. Send something smaller or shorter, or show it to us at the desk.
media-wrong-kind = We cannot open this kind of file. Send a photo, a voice or a PDF, or show it to us at the desk.
media-not-here = What you sent did not reach us. Send it again, or show it to us at the desk.
media-empty = There is no file. Choose one first.
media-too-many = Many files came from here. Please wait a little and try again.
media-full = We cannot take files now. Please try again later, or show it to us at the desk.
media-more = Picture, voice, file
media-choose = Choose a picture, a voice or a PDF. At most { $mb } MB.
media-send = Send the file
media-sent-voice = 🎤 Voice
media-sent-picture = 🖼 Picture
media-sent-file = 📎 File

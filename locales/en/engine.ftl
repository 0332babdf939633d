# Draft: needs a native reader. Status: docs/translations.md
plain = { $text }
engine-back = ⬅️ Back
engine-menu = 🏠 Menu
engine-person = 🙋 A person
engine-sos = 🆘 SOS
engine-language = 🌐 Language
engine-tap-over = That button is from an old message. Here is what is true now.
engine-unclear = I cannot find that. Choose a button or write one word, for example: course. A person can help. In danger, write SOS.
engine-unclear-person = A person can help. Choose 🙋 A person. In danger, write SOS.
engine-which = You wrote: { $said }. Which question do you answer?
engine-who = Here is information about courses and events. Place: { $place }. An automatic helper writes here, not a person.
engine-failed = Sorry. Something stopped here. A person will look at it. In danger, call 112.
flood = That is many messages at once. Please wait one minute. In danger, write SOS or call 112.
heard-location = I do not need your place and I do not keep it. Choose a button. In danger, call 112.
heard-contact = I do not keep other people's numbers. Choose a button.
heard-sticker = Thank you. Choose a button or write a word.
heard-unsupported = I cannot open this. Choose a button, write a word, or choose 🙋 A person.

# Draft: needs a native reader. Status: docs/translations.md
menu = What do you need?
menu-goon = ▶️ Go on
menu-services = 🔎 Find help
menu-book = 📅 Book a talk
menu-appointments = 🗓 My appointments
menu-settings = ⚙️ Settings
menu-privacy = 🔒 Privacy

# Draft: needs a native reader. Status: docs/translations.md
menu = Çfarë ju duhet?
menu-goon = ▶️ Vazhdo
menu-services = 🔎 Gjej ndihmë
menu-book = 📅 Cakto një takim
menu-appointments = 🗓 Takimet e mia
menu-settings = ⚙️ Cilësimet
menu-privacy = 🔒 Privatësia

# Draft: needs a native reader. Status: docs/translations.md
menu = Kaj potrebujete?
menu-goon = ▶️ Nadaljuj
menu-services = 🔎 Poišči pomoč
menu-book = 📅 Termin za pogovor
menu-appointments = 🗓 Moji termini
menu-settings = ⚙️ Nastavitve
menu-privacy = 🔒 Zasebnost

# Draft: needs a native reader. Status: docs/translations.md
menu = Kaj potrebujete?
menu-goon = ▶️ Nadaljujem
menu-services = 🔎 Iščem pomoč
menu-book = 📅 Termin za pogovor
menu-appointments = 🗓 Moji termini
menu-settings = ⚙️ Kako mi pišete
menu-privacy = 🔒 Zasebnost

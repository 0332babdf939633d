# Draft: needs a native reader. Status: docs/translations.md. Source of hr, sr and sr-Cyrl: docs/translations.md says how.
menu = Šta vam treba?
menu-goon = ▶️ Nastavljam
menu-services = 🔎 Tražim pomoć
menu-book = 📅 Termin
menu-appointments = 🗓 Moji termini
menu-settings = ⚙️ Kako mi pišete
menu-privacy = 🔒 Privatnost

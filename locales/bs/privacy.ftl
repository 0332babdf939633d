# Draft: needs a native reader. Status: docs/translations.md. Source of hr, sr and sr-Cyrl: docs/translations.md says how.
privacy-short = Pomažem naći kurseve i termine. Čuvam samo što mi treba. U opasnosti uvijek možete napisati SOS. Slažete li se?
privacy-ok = ✅ Slažem se
privacy-more = 🔎 Više o tome
privacy-no = ❌ Ne
privacy-long = Poruke idu preko aplikacije Telegram. Ko ima vaš telefon, može ih čitati. Nemojte slati pasoš ili ličnu kartu. Čuvamo jezik, vaše poruke i termine. Napišite STOP i pišemo još samo ako prvo pišete vi.
privacy-long-web = Stranica vas pamti samo u ovom pregledniku. Ko ima vaš telefon, može čitati. Nemojte pisati brojeve dokumenata. Čuvamo jezik, vaše poruke i termine. „Zaboravi razgovor“ otvara novi razgovor. Za brisanje svega napišite: izbriši me.
privacy-refused = U redu. Pomažemo i bez ovog razgovora. Nazovite { $phone } ili dođite: { $address }.

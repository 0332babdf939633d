# Draft: needs a native reader. Status: docs/translations.md
privacy-short = Pomagam najti tečaje in termine. Shranim samo to, kar potrebujem. V nevarnosti vedno lahko napišete SOS. Ali se strinjate?
privacy-ok = ✅ Strinjam se
privacy-more = 🔎 Več o tem
privacy-no = ❌ Ne
privacy-long = Sporočila gredo po Telegramu. Kdor ima vaš telefon, jih lahko bere. Ne pošiljajte potnega lista ali osebne izkaznice. Shranimo jezik, vaša sporočila in termine. Napišite STOP in pišemo samo še, če prej pišete vi.
privacy-long-web = Stran si vas zapomni samo v tem brskalniku. Kdor ima vaš telefon, lahko bere. Ne pišite številk dokumentov. Shranimo jezik, vaša sporočila in termine. Gumb »Pozabi klepet« odpre nov pogovor. Če naj vse izbrišemo, napišite: izbriši me.
privacy-refused = V redu. Pomagamo tudi brez klepeta. Pokličite { $phone } ali pridite: { $address }.

# Draft: needs a native reader. Status: docs/translations.md
privacy-short = Pomagam najti tečaje in termine. Shranim samo, kar potrebujem. V nevarnosti napišite SOS kadarkoli. Je v redu?
privacy-ok = ✅ V redu
privacy-more = 🔎 Povejte več
privacy-no = ❌ Ne
privacy-long = Sporočila gredo skozi Telegram. Kdor drži vaš telefon, jih lahko bere. Ne pošiljajte dokumentov. Shranimo jezik, vaša sporočila in termine. Napišite STOP in ne pišemo več prvi.
privacy-long-web = Stran si vas zapomni samo v tem brskalniku. Kdor drži vaš telefon, lahko bere. Ne pišite številk dokumentov. Shranimo jezik, vaša sporočila in termine. Gumb »Pozabi« odpre nov pogovor.
privacy-refused = V redu. Brez klepeta pomagamo tudi po telefonu { $phone } ali tukaj: { $address }.

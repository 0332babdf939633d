# Draft: needs a native reader. Status: docs/translations.md. Source of hr, sr and sr-Cyrl: docs/translations.md says how.
media-passed = To će dobiti osoba.
media-missing = To nemamo. Pošaljite još jednom ili pokažite u uredu.
media-too-big = To je za nas preveliko. Pošaljite manju datoteku ili kraći snimak. Možete je i pokazati u uredu.
media-wrong-kind = Takvu datoteku ne možemo otvoriti. Pošaljite sliku, glasovnu poruku ili PDF. Možete je i pokazati u uredu.
media-not-here = To nije stiglo do nas. Pošaljite još jednom ili pokažite u uredu.
media-empty = Datoteke nema. Prvo je izaberite.
media-too-many = Stiglo je mnogo datoteka. Pokušajte kasnije ili pokažite u uredu.
media-full = Sada ne možemo primiti datoteke. Pokušajte kasnije ili pokažite u uredu.
media-more = Slika, glas, datoteka
media-choose = Izaberite sliku, glasovnu poruku ili PDF. Najviše { $mb } MB.
media-send = Pošalji datoteku
media-sent-voice = 🎤 Glas
media-sent-picture = 🖼 Slika
media-sent-file = 📎 Datoteka

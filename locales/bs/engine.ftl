# Draft: needs a native reader. Status: docs/translations.md. Source of hr, sr and sr-Cyrl: docs/translations.md says how.
plain = { $text }
engine-back = ⬅️ Nazad
engine-menu = 🏠 Meni
engine-person = 🙋 Osoba
engine-sos = 🆘 SOS
engine-language = 🌐 Jezik
engine-tap-over = Ovo dugme je iz stare poruke. Sada vrijedi ovo:
engine-unclear = To ne nalazim. Izaberite dugme ili napišite jednu riječ, na primjer: kurs. Može pomoći i osoba. U opasnosti napišite SOS.
engine-unclear-person = Osoba vam može pomoći. Izaberite 🙋 Osoba. U opasnosti napišite SOS.
engine-which = Napisali ste: { $said }. Na koje pitanje odgovarate?
engine-who = Ovdje su informacije o kursevima i događajima. Mjesto: { $place }. Piše automatski pomoćnik, ne osoba.
engine-failed = Oprostite. Nešto ne radi. To ćemo pogledati. U opasnosti nazovite 112.
flood = To je mnogo poruka odjednom. Molimo, sačekajte jednu minutu. U opasnosti napišite SOS ili nazovite 112.
heard-location = Ne treba mi podatak gdje ste. Ne čuvam ga. Izaberite dugme. U opasnosti nazovite 112.
heard-contact = Brojeve drugih ljudi ne čuvam. Izaberite dugme.
heard-sticker = Hvala. Izaberite dugme ili napišite riječ.
heard-unsupported = To ne mogu otvoriti. Napišite riječ ili izaberite dugme. Za razgovor izaberite 🙋 Osoba.

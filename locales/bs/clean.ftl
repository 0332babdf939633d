# Draft: needs a native reader. Status: docs/translations.md. Source of hr, sr and sr-Cyrl: docs/translations.md says how.
clean-app = Ovaj razgovor brišete ovako: na popisu razgovora dugo držite prst na njemu. Zatim izaberite „Obriši“. Ja ga na vašem telefonu ne mogu obrisati.
clean-page = Ovaj razgovor ovdje brišete ovako: na ovoj stranici izaberite „{ page-forget }“. Popis posjećenih stranica ostaje u pregledniku.
clean-here = Kad vam pišemo prvi, koristimo samo obične riječi. Želite li obrisati i podatke kod nas? Napišite: izbriši me
clean-ok = U redu

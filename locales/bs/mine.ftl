# Draft: needs a native reader. Status: docs/translations.md. Source of hr, sr and sr-Cyrl: docs/translations.md says how.
# The page and the file of a member's own data.
mine-title = Vaša datoteka
mine-about = Ovdje dobijete sve što čuvamo, u jednoj datoteci. Link radi jednom. Ko ima datoteku, može je čitati.
mine-get = Preuzmi datoteku
mine-over = Ovaj link više ne vrijedi. Radi jednom, jedan sat. Možete tražiti novi.
mine-made = Šta čuvamo o vama. Napravljeno: { DATE($at) }
mine-at = { DATE($at) }
mine-yes = da
mine-no = ne
mine-section = { $name ->
        [member] O vama
        [desk] Na šalteru
        [agreements] Kako vam smijemo pisati
        [addresses] Odakle pišete
        [chats] Vaši razgovori
        [consents] S čim ste se složili
        [appointments] Termini
        [changes] Šta je osoblje promijenilo u vašim terminima
        [messages] Poruke
        [files] Datoteke
        [notes] Bilješke osoblja
        [tasks] Zadaci osoblja
        [reminders] Podsjetnici
        [refusals] Osoblje koje ne želite
       *[other] { $name }
    } ({ $count })
mine-field = { $name ->
        [language] Jezik
        [age_band] Starost
        [shared_phone] Ko koristi telefon
        [write_when] Kada smijemo pisati
        [stopped_at] STOP od
        [keeps_reminders] Podsjetnici uprkos STOP
        [do_not_write] Na ovaj telefon ne pišemo
        [danger_at] Zadnja poruka o opasnosti
        [created_at] Nastalo
        [first_name] Ime
        [opened_at] Otvoreno
        [channel] Gdje smijemo pisati
        [phone] Vaš telefon
        [agreed_at] Dogovoreno
        [account] Kanal
        [external_id] Vaša oznaka na kanalu
        [reachable] Dostupno
        [owner] Ko ima razgovor
        [waiting_reason] Zašto čeka
        [waiting_since] Čeka od
        [urgent] Hitno
        [for_language] Čeka na jezik
        [last_in_at] Zadnje ste pisali
        [closed_at] Zatvoreno
        [at] Kada
        [purpose] Za šta
        [given] Rekli ste da
        [wording] Verzija teksta
        [how] Kako ste rekli
        [knows] Znali ste za to
        [starts_at] Početak
        [ends_at] Kraj
        [topic] Tema
        [mode] Način
        [state] Stanje
        [code] Kod
        [confirmed_at] Potvrdili ste
        [moved_at] Promijenili ste
        [outgoing] Pisali smo mi
        [kind] Vrsta
        [text] Tekst
        [sent_at] Poslano
        [name] Ime datoteke
        [content_type] Vrsta datoteke
        [size] Veličina
        [expires_at] Nestaje
        [kept_at] Čuvamo od
        [kept_reason] Zašto čuvamo
        [sensitive] Osjetljivo
        [due_at] Rok
        [done_at] Urađeno
        [note] Bilješka
        [decision] Odluka
        [reason] Razlog
       *[other] { $name }
    }

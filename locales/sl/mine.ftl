# The page and the file of a member's own data. Draft: needs a native reader. Status: docs/translations.md
mine-title = Vaša datoteka
mine-about = Tu dobite vse, kar hranimo, v eni datoteki. Povezava deluje enkrat. Kdor ima datoteko, jo lahko bere.
mine-get = Prenesi datoteko
mine-over = Ta povezava je potekla. Deluje enkrat, eno uro. Lahko prosite za novo.
mine-made = Kaj hranimo o vas. Narejeno: { DATE($at) }
mine-at = { DATE($at) }
mine-yes = da
mine-no = ne
mine-section = { $name ->
        [member] O vas
        [desk] Pri okencu
        [agreements] Kako vam lahko pišemo
        [addresses] Od kod pišete
        [chats] Vaši klepeti
        [consents] S čim ste se strinjali
        [appointments] Termini
        [changes] Kaj so zaposleni spremenili pri vaših terminih
        [messages] Sporočila
        [files] Datoteke
        [notes] Zapiski osebja
        [tasks] Naloge osebja
        [reminders] Opomniki
        [refusals] Osebje, ki ga ne želite
       *[other] { $name }
    } ({ $count })
mine-field = { $name ->
        [language] Jezik
        [age_band] Starost
        [shared_phone] Kdo uporablja telefon
        [write_when] Kdaj lahko pišemo
        [stopped_at] STOP od
        [keeps_reminders] Opomniki kljub STOP
        [do_not_write] Na ta telefon ne pišemo
        [danger_at] Zadnje sporočilo o nevarnosti
        [created_at] Nastalo
        [first_name] Ime
        [opened_at] Odprto
        [channel] Kje vam lahko pišemo
        [phone] Vaš telefon
        [agreed_at] Dogovorjeno
        [account] Kanal
        [external_id] Vaša oznaka na kanalu
        [reachable] Dosegljivo
        [owner] Kdo ima klepet
        [waiting_reason] Zakaj čaka
        [waiting_since] Čaka od
        [urgent] Nujno
        [for_language] Čaka na jezik
        [last_in_at] Nazadnje ste pisali
        [closed_at] Zaprto
        [at] Kdaj
        [purpose] Za kaj
        [given] Rekli ste da
        [wording] Različica besedila
        [how] Kako ste povedali
        [knows] Vedeli ste za to
        [starts_at] Začetek
        [ends_at] Konec
        [topic] Tema
        [mode] Način
        [state] Stanje
        [code] Koda
        [confirmed_at] Potrdili ste
        [moved_at] Prestavili ste
        [outgoing] Pisali smo mi
        [kind] Vrsta
        [text] Besedilo
        [sent_at] Poslano
        [name] Ime datoteke
        [content_type] Vrsta datoteke
        [size] Velikost
        [expires_at] Izgine
        [kept_at] Hranimo od
        [kept_reason] Zakaj hranimo
        [sensitive] Občutljivo
        [due_at] Rok
        [done_at] Opravljeno
        [note] Zapisek
        [decision] Odločitev
        [reason] Razlog
       *[other] { $name }
    }

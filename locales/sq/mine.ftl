# The page and the file of a member's own data. Draft: needs a native reader. Status: docs/translations.md
mine-title = Dokumenti juaj
mine-about = Këtu i merrni të gjitha që ruajmë, në një dokument. Linku vlen vetëm një herë. Kush e ka dokumentin, mund ta lexojë.
mine-get = Shkarkoni dokumentin
mine-over = Ky link nuk vlen më. Linku vlen një herë, për një orë. Mund të kërkoni një të ri.
mine-made = Çfarë ruajmë për ju. U bë: { DATE($at) }
mine-at = { DATE($at) }
mine-yes = po
mine-no = jo
mine-section = { $name ->
        [member] Për ju
        [desk] Te sporteli
        [agreements] Si mund t'ju shkruajmë
        [addresses] Nga shkruani
        [chats] Bisedat tuaja
        [consents] Për çfarë jeni pajtuar
        [appointments] Takimet
        [changes] Çfarë ndryshuan punonjësit te takimet tuaja
        [messages] Mesazhet
        [files] Dokumentet
        [notes] Shënimet e stafit
        [tasks] Detyrat e stafit
        [reminders] Përkujtesat
        [refusals] Me kë nuk doni të flisni
       *[other] { $name }
    } ({ $count })
mine-field = { $name ->
        [language] Gjuha
        [age_band] Mosha
        [shared_phone] Kush e përdor telefonin
        [write_when] Kur mund të shkruajmë
        [stopped_at] STOP që nga
        [keeps_reminders] Përkujtesa edhe me STOP
        [do_not_write] Mos shkruani në këtë telefon
        [danger_at] Mesazhi i fundit për rrezik
        [created_at] U krijua
        [first_name] Emri
        [opened_at] Hapur
        [channel] Ku mund t'ju shkruajmë
        [phone] Telefoni juaj
        [agreed_at] Rënë dakord
        [account] Kanali
        [external_id] Emri juaj në kanal
        [reachable] Mund të arrihet
        [owner] Kush e ka bisedën
        [waiting_reason] Pse pret
        [waiting_since] Pret që nga
        [urgent] Urgjente
        [for_language] Pret gjuhën
        [last_in_at] Shkruat për herë të fundit
        [closed_at] U mbyll
        [at] Kur
        [purpose] Për çfarë
        [given] Thatë po
        [wording] Versioni i tekstit
        [how] Si e thatë
        [knows] E dinit këtë
        [starts_at] Fillon
        [ends_at] Mbaron
        [topic] Tema
        [mode] Mënyra
        [state] Gjendja
        [code] Kodi
        [confirmed_at] E konfirmuat
        [moved_at] E ndryshuat
        [outgoing] Shkruam ne
        [kind] Lloji
        [text] Teksti
        [sent_at] U dërgua
        [name] Emri i dokumentit
        [content_type] Lloji i dokumentit
        [size] Madhësia
        [expires_at] E ruajmë deri
        [kept_at] Ruhet që nga
        [kept_reason] Pse ruhet
        [sensitive] E ndjeshme
        [due_at] Afati
        [done_at] U krye
        [note] Shënim
        [decision] Vendimi
        [reason] Arsyeja
       *[other] { $name }
    }

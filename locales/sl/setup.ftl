# Draft: needs a native reader. Status: docs/translations.md
setup-title = Vzpostavitev pisarne
setup-about = Deset korakov po vrsti. Vse, kar vpišete, lahko kadar koli spremenite, pred odprtjem in po njem. Uporabnice ne morejo pisati, dokler na koncu ne odprete pisarne.
setup-is-open = Pisarna je odprta: uporabnice lahko pišejo. Vsak odgovor lahko tu še spremenite.
setup-next = Naprej: { $step }
setup-done = urejeno
setup-look = preglejte
setup-missing = manjka
setup-later = (lahko počaka)
setup-back = Nazaj na vzpostavitev
setup-save = Shrani
setup-step-office = Pisarna in kdo odgovarja
setup-step-sites = Točke
setup-step-hours = Odpiralni čas in zaprti dnevi
setup-step-topics = Teme
setup-step-staff = Osebje in jeziki
setup-step-quiet = Ure miru
setup-step-helplines = Telefoni za pomoč
setup-step-answer = Obljubljeni odgovor
setup-step-retention = Kako dolgo kaj hranimo
setup-step-channels = Kanali
setup-page-office = Pisarna
setup-page-sites = Točke
setup-page-closed = Zaprti dnevi
setup-page-topics = Teme
setup-page-people = Ljudje
setup-page-plans = Delovni načrti
setup-page-roster = Razpored dežurstev
setup-page-languages = Jeziki in besedila
setup-page-helplines = Telefoni za pomoč
setup-page-retention = Dnevi
setup-page-channels = Kanali
setup-lack-controller = Ni vpisano, kdo odgovarja za osebne podatke.
setup-lack-contact = Manjka naslov in e-naslov ali telefon.
setup-lack-site-name = { $site }: manjka ime.
setup-lack-site-place = { $site }: kraj manjka.
setup-lack-site-long = { $site }: kraj je predolg. Ker je na gumbu, ima lahko največ { $most } znakov.
setup-lack-site-address = { $site }: manjka naslov.
setup-lack-site-phone = { $site }: manjka telefon.
setup-lack-hours = { $site }: manjka odpiralni čas.
setup-lack-closed = { $site }: za prihodnjih dvanajst mesecev ni vpisanih zaprtih dni.
setup-lack-closed-next = { $site }: za leto { $year } še ni zaprtih dni. Poglejte praznike.
setup-lack-topics = { $site }: nobene teme ni mogoče izbrati.
setup-lack-topic-name = { $site }: { $topic } nima imena v jeziku, ki ga uporabnice lahko izberejo.
setup-lack-topic-taken = { $site }: teme { $topic } ne prevzema nihče, ki ima ure, zato se nanjo ni mogoče naročiti.
setup-lack-counsellor = { $site }: pri nikomer z delovnim načrtom ni mogoče dobiti termina.
setup-lack-people = { $site }: tam nihče ne sme odgovarjati uporabnicam. Povabite koga ali dajte komu tako vlogo.
setup-lack-signed = { $site }: nihče, ki sme odgovarjati, se še ni prijavil. Prosite jih, naj uporabijo vabilo.
setup-lack-coordinator = { $site }: koordinacije ni. Opozorilo, na katero nihče ne odgovori, ne pride do nikogar drugega.
setup-lack-duty = { $site }: na razporedu dežurstev ni nikogar.
setup-lack-helplines = { $site }: noben telefon za pomoč ni potrjen.
setup-lack-public = Javnega naslova ni: stran za klepet doseže samo ta računalnik.
setup-quiet-is = { $site }: od { $from } do { $until } ne pošiljamo ničesar, za kar nihče ni prosil.
setup-answer-is = { $site }: oseba odgovori v { $minutes } minutah odpiralnega časa.
setup-retention-is = Sporočila klepetov, v katerih se nič ne dogaja, ostanejo toliko dni: { $days }.
setup-languages-are = Uporabnice lahko izberejo:
setup-open = Odprtje za uporabnice
setup-open-about = Od takrat dobi odgovor vsaka, ki piše. Tega tu ni mogoče vzeti nazaj; če želite nehati, ustavite program.
setup-open-missing = { $count ->
    [one] Zgoraj manjka še { $count } stvar.
    [two] Zgoraj manjkata še { $count } stvari.
    [few] Zgoraj manjkajo še { $count } stvari.
   *[other] Zgoraj manjka še { $count } stvari.
  }
setup-open-now = Odpri pisarno
setup-open-refused = { $count ->
    [one] Ni odprto: manjka { $count } stvar.
    [two] Ni odprto: manjkata { $count } stvari.
    [few] Ni odprto: manjkajo { $count } stvari.
   *[other] Ni odprto: manjka { $count } stvari.
  }
setup-open-already = Pisarna je že odprta.
setup-refused = Še manjka
setup-nobody = Odpri, čeprav ni nihče dežuren
setup-nobody-hint = Potem nikogar ne pokličemo, ko piše ženska v nevarnosti. Številke za nujno pomoč dobi še vedno takoj.
setup-not-saved = { $count ->
    [one] Ni shranjeno: poglejte označeno polje.
    [two] Ni shranjeno: poglejte { $count } označeni polji.
    [few] Ni shranjeno: poglejte { $count } označena polja.
   *[other] Ni shranjeno: poglejte { $count } označenih polj.
  }
setup-meanwhile = Ni shranjeno: nekdo je to medtem spremenil. Poglejte še enkrat in znova shranite.
setup-now = Zdaj je: { $value }
setup-wrong-empty = To manjka.
setup-wrong-long = To je predolgo: največ { $most } znakov.
setup-wrong-signs = V besedilu je skrit znak. Besedilo vpišite znova.
setup-wrong-phone = Vpišite telefonsko številko.
setup-wrong-mail = Vpišite e-naslov ali pustite prazno.
setup-wrong-reach = Vpišite e-naslov ali telefon.
setup-wrong-number = Vpišite celo število v mejah.
setup-wrong-clock = Vpišite uro kot 8:00 ali 20:30.
setup-wrong-hours = Vpišite ure kot 8:00–12:00, 13:00–15:00 ali 8-12.
setup-wrong-order = Konec mora biti po začetku.
setup-wrong-overlap = Ure se prekrivajo.
setup-wrong-quiet = Ure miru se začnejo zvečer in končajo zjutraj, na primer 20:00 in 8:00.
setup-wrong-taken = To ime že obstaja.
setup-wrong-many = Točk je preveč.
setup-wrong-minutes = Dolžina mora biti večkratnik petih minut.
setup-wrong-danger = To ime pove, za kaj gre. Izberite besedo, ki ne pove ničesar.
setup-wrong-checked = Preberite ime še enkrat kot nekdo, ki stoji ob njej, in nato označite to polje.
setup-controller = Kdo odgovarja za osebne podatke
setup-controller-hint = Organizacija s polnim imenom.
setup-address = Naslov
setup-email = E-naslov
setup-email-hint = Kam gredo vprašanja o osebnih podatkih.
setup-phone = Telefon
setup-ack = Minute do klica naslednje osebe
setup-ack-hint = Če tako dolgo nihče ne pogleda opozorila, pokličemo namestnico. Od 1 do 120.
setup-site-not-yours = (ureja druga oseba s skrbništvom)
setup-site-new = Še ena točka
setup-site-new-hint = Začne z urami prve točke. Skrbništvo zanjo dobite vi. Ko je pisarna odprta, jo uporabnice lahko izberejo šele, ko jo ponudite.
setup-site-waits = Uporabnice te točke še ne morejo izbrati. Ponudite jo, ko jim tam lahko kdo odgovori.
setup-site-offer = Ponudi uporabnicam
setup-site-lacks = Ni ponujeno. { $lacks }
setup-site-add = Dodaj točko
setup-site-first = Vaša prva točka
setup-site-title = Točka: { $site }
setup-site-name = Ime
setup-site-name-hint = Kot jo poznajo uporabnice, na primer Info točka.
setup-site-place = Kraj
setup-site-place-hint = Mesto ali četrt: pri več točkah je to gumb, zato največ 20 znakov.
setup-site-address = Naslov
setup-site-phone = Telefon
setup-site-phone-hint = Uporabnice nanj pokličejo, ko bot ne more pomagati.
setup-hours = Odpiralni čas
setup-hours-hint = Na primer 8:00–12:00, 13:00–15:00, cele ure tudi kot 8-12. Ves dan zaprto: pustite prazno.
setup-quiet-hint = Med tema urama ne pošiljamo ničesar, za kar nihče ni prosil.
setup-quiet-from = Od
setup-quiet-until = Do
setup-promised = Minute do odgovora osebe
setup-promised-hint = V odpiralnem času. Ko minejo, pokličemo dežurno. Od 1 do 1440.
setup-idle = Minute, po katerih mirujoč klepet spet čaka
setup-idle-hint = Ko tista, ki ima klepet, tako dolgo ne stori ničesar. Od 5 do 1440, v odpiralnem času.
setup-topics-of = Teme: { $site }
setup-topics-none = Tem še ni.
setup-topics-ready = Pripravljene teme
setup-topics-ready-hint = Ime že imajo v vseh jezikih.
setup-topics-add = Dodaj označene
setup-topic-off = ni na izbiro
setup-topic-is-sensitive = Občutljiva
setup-topic-length = { $minutes } minut
setup-topic-means = za osebje:
setup-topic-unnamed = Še brez imena:
setup-topic-up = Gor
setup-topic-up-one = Premakni gor: { $topic }
setup-topic-none = Ni shranjeno: označite vsaj eno temo.
setup-topic-own = Lastna tema
setup-topic-own-hint = Dajte ji kratko ime v vsakem jeziku, ki ga uporabnice lahko izberejo, največ { $most } znakov.
setup-topic-name = Ime: { $language }
setup-topic-minutes = Minute
setup-topic-minutes-hint = Kako dolgo traja pogovor o njej: od 5 do 480, večkratnik petih.
setup-topic-add = Dodaj temo
setup-topic-sensitive = Občutljiva tema
setup-topic-sensitive-hint = Uporabnica in vsak, ki vidi njen zaslon, prebereta samo nevtralno ime. Za kaj gre, piše v konzoli za tiste, ki s tem delajo.
setup-topic-label = Za kaj gre, samo za osebje
setup-topic-label-hint = Uporabnice tega nikoli ne vidijo.
setup-topic-neutral = Nevtralno ime
setup-topic-neutral-own = Drugo, lastno ime
setup-topic-neutral-hint = Največ { $most } znakov. Nobena beseda ne sme povedati, za kaj gre: morda kdo bere ob njej.
setup-topic-checked = Preverila sem: nobeno ime ne pove, za kaj gre
setup-topic-shipped = Njeno ime je besedilo kot vsako drugo; spremenite ga lahko pod Besedila.
setup-topic-active = Zanjo je mogoče dobiti termin
setup-topic-active-hint = Že dogovorjeni termini ostanejo, ko jo izklopite.
setup-helplines-of = Telefoni za pomoč: { $site }
setup-helplines-about = To so državni telefoni; pri vsakem piše, od kod je številka. Vsakega pokličite ali preverite, popravite številko in označite tiste, ki ste jih preverili danes. Potem so v imeniku z današnjim datumom.
setup-helpline-called = Danes sem preverila
setup-helpline-number = Številka: { $name }
setup-helpline-source = Vir: { $source }
setup-helpline-checked = preverjeno { ON($day) }
setup-helpline-review = znova preverite do { ON($day) }
setup-helplines-months = Veljajo
setup-months = { $count ->
    [one] { $count } mesec
    [two] { $count } meseca
    [few] { $count } mesece
   *[other] { $count } mesecev
  }
setup-helplines-add = Dodaj označene
setup-helplines-none = Ni shranjeno: označite vsaj en telefon.
setup-helplines-others = Drugi telefoni in storitve: imenik
setup-channel-on = vklopljeno
setup-channel-off = izklopljeno
setup-channel-web = Stran za klepet
setup-channel-not-public = Doseže jo samo ta računalnik. Za druge vpišite PUBLIC_URL=https://… v datoteko .env in zaženite znova; pot opisuje deploy/README.md.
setup-channel-not-https = Javni naslov se začne s http://. Besede uporabnic bi potovale nezaščitene: uporabite https.
setup-channel-web-hint = Deluje v vsakem brskalniku. Ne more pa nikogar opomniti: za opomnike je potreben Telegram.
setup-channel-try = Preizkus: odprite stran in napišite »meni«.
setup-channel-try-closed = Preizkus: odprite stran in napišite besedo. Odgovori, da pisarna še ni odprta.
setup-channel-telegram-how = Telegram je izklopljen. Vklopite ga tako:
setup-channel-telegram-1 = V Telegramu pišite @BotFather, pošljite /newbot in sledite navodilom. Dobite žeton (token).
setup-channel-telegram-2 = Kdor skrbi za računalnik, vpiše TELEGRAM_TOKEN=… v datoteko .env in znova zažene Točko.
setup-channel-telegram-3 = Vrnite se sem: tu bo naslov bota. Odprite ga in pošljite besedo.
setup-channel-telegram-silent = Žeton je vpisan, a Telegram ob zagonu ni odgovoril. Ali je pravi? Nato znova zaženite Točko.
setup-channel-trouble = { $name }: { $kind }
setup-channel-secret = Žeton je ključ do bota. Piše samo v .env, nikoli tu in v nobenem sporočilu.
setup-channel-whatsapp = Še ga ni.

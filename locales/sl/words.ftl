# Words members type, Slovenian. Draft: needs a native reader; the danger lists need a crisis specialist too (docs/translations.md).
# Items stand between commas or on lines of their own. The grammar of the danger lists is explained in docs/safety.md.
words-sos = sos, s o s, pomoč, pomoc, pomagaj, pomagajte, pomagi, pomagite, na pomoč, na pomoc, upomoč, pomoč prosim, prosim pomoč,
    pomagaj mi, pomagajte mi, prosim pomagajte, rabim pomoč, potrebujem pomoč, nujno pomoč, nujna pomoč, nujno, rešite me, reši me,
    kličite policijo, pokličite policijo, policija, pomoč takoj, help, rabm pomoč, pomojč
words-stop = stop, nehaj, nehajte, odjava, odjavi, odjavite me, ustavi, ustavite, dovolj, ne pišite, ne pišite mi, ne piši mi, ne piši več,
    ne pišite več, prenehajte, nočem več sporočil, brez sporočil, nehi, nehite
words-start = start, začni, začnite, začetek, začni znova, od začetka, spet piši, spet pišite, prijava na sporočila
words-person = oseba, osebo, človek, človeka, živa oseba, pravi človek, prava oseba, svetovalka, svetovalec, svetovalko, uslužbenka,
    rad bi govoril z osebo, rada bi govorila z osebo, govoriti z osebo, pogovor z osebo, želim osebo, hočem osebo, z osebo, s človekom,
    pokličite me
words-back = nazaj, nazej, en korak nazaj, pojdi nazaj, prejšnje, vrni se, vrni
words-menu = meni, menu, glavni meni, domov, začetna stran, izbire, kaj lahko, kaj znaš
words-language = jezik, jeziki, drug jezik, drugi jezik, spremeni jezik, menjaj jezik, izberi jezik, jezk
words-who = kdo je to, kdo je, kdo ste, kdo si, kdo piše, kdo mi piše, kaj je to, kdo to piše, kdo je tam, kdo ste vi, kdo si ti, kdu je to
words-hide = skrij, skrijte, skrij to, skrij klepet, skrij pogovor, hitro skrij
words-clean = počisti, počistite, počisti klepet, izbriši klepet, pobriši klepet, izbriši pogovor, pobriši pogovor, pobriši, pobrišite
words-when = kdaj, kdaj pišete, kdaj mi pišete, kdaj lahko pišete, varne ure, ure za pisanje
words-mydata = moji podatki, moje podatke, pokaži moje podatke, kaj veste o meni, kaj imate o meni, kaj hranite o meni
words-erase = izbriši me, izbrišite me, zbriši me, zbrišite me, pobriši me, pobrišite me, izbriši moje podatke, izbrišite moje podatke, izbriši vse o meni, pozabi me, pozabite me
words-polite = prosim, prosm, prosim lepo, lepo prosim, hvala, hej, halo, živjo, dober dan, zdravo, takoj, zdaj, a, vas prosim
words-yes = da, ja, jap, aha, seveda, lahko, v redu, ok, okej, okay, okei, vredu, prav, velja, drži, da prosim, želim, hočem, bom, pridem,
    se strinjam, strinjam se, točno, potrjujem, yes, jaja, itak
words-no = ne, nee, nein, ni, nočem, ne želim, ne hvala, nikakor, ne morem, nikoli, ne bom, ne pridem, sploh ne, no, neee
words-numbers =
    1 ena en eno eden
    2 dva dve
    3 tri trije
    4 štiri štirje stiri
    5 pet
    6 šest
    7 sedem
    8 osem
    9 devet
    10 deset
# Ordinary words one letter away from a command: night, something, hand over, midnight, pride, personal, old, in the same place.
words-ordinary = ponoči, nekaj, nadaj, ponoč, ponos, osebna, osebni, osebno, stara, stari, staro, polnoč, nasaj, pomol, pomoči, jezni, jezero, skril, skrila, skriva, skrinja, počitek, počisto, pobrisal
    nujna, nujni, vrnil, ustavil, človeški, oseben, naraj
words-danger-sets =
    @he = on mož moža možem partner* fant fanta oče očeta očim* ata tast brat bivši bivšega ex šef* delodajalec gospodar* stric sosed* nekdo moški taša tašča sin* mama ljubimec
    @me = me mene meni mi nas nama naju mę
    @kid = otrok* otroc* otrök sin sina sinu sinčk* hči hčer* hčerk* punčk* dojenč* malčk* dete fantka mulc* vnuk* dekli*
    @beat = tepe tepem tepej* tepel* tepl* tepla tepu tepst* pretep* natep* stepe stepel stepu tepi tepež* mlati* premlat* nabij* nabil* natolk* bije biju bil* udar* tolče tolkel tolku klofut* oklofut* oklofn* klofn* brca* brcnil* zbrca* zbil* ščip* boksa* prebut* butn* mahn* lasa polasa* suval* suva davi davil* davu podavi* zadavi* duši dušil* poriva porin* poškod* napad* napadel napadla napade napadu zlorab* maltret* muči mučil* ugriz* opek* zažg* zabod* posil* trpinč*
    @kill = ubil* ubije ubiju ubit* ubu umori* zakla* zakolje ustrel* zabod* zadavil* pobil* pobije fental* likvidir* zažgal*
    @lock = zaklen* zaklep* zapr* zapira* zapru zapre zaklenu zaprta zaklenjen*
    @paper = potni potn* pasoš* pas dokument* papirj* osebno vizum* passport
    @took = vzel* vzame vzeu zaseg* ukrad* skril* skriva skriu zapleni* odvzel* pobral* ima zadrž* drži strga* uniči* jeml*
words-danger-1 =
    & @beat @me
    & @beat @kid
    @he @beat otrok*
    pretepen* sem, sem pretepen*, sem tepen*, tepen* sem, dobim|dobivam|dobivala batin*, batine|batin, po tepežu
    & @kill @me bo|bodo|hoče|hoče|želi|grozi|če|lahko|hotel*|skušal*|poskus*|bi|rekel|pravi|reku|da|je, & @kill @kid bo|bodo|hoče|grozi|bi
    bojim da me @kill, ubil bo, nas vse pobil*|ubil*, & @kill naju|nas
    grozi @me, @me grozi, & groz* @me @he, grozi da, grozi z|s nož*|smrt*|pišt*|orož*, & groz* @kid, grozil* @me, @me grozil*, grožnj* s|z smrt*, & nož* @me, ustrahuje, prijel nož*, nož* v rok*, z nožem, s pištolo|sekiro, ima pištolo|orožje, pištol* @me
    & @lock @me je|so|v|ven|sem|drži|noče, sem|smo zaklenjen*|zaprt* v|doma|not|notri|sobi|stanovanj*, zaklenjen*|zaklenen* sem|smo, zaprt* sem|smo v|doma|not|sobi, zaprl* @me, @me zakle*, zakleni* @me, zaklenu @me, @me zaklenu|zapru, zaklepa @me
    ne pust* @me ven|iz|domov|od|nikamor|stran|hiše|it|iti, ne smem ven|iz|nikamor, ne dovoli ven|iz, @me ne pust* ven|iz|domov|nikamor|stran, ne morem ven|iz hiše|stanovanja|sobe, & drži @me zaprt*|doma|sili
    & @took @paper mi|moj*|nam|je, & @took telefon mi je|vedno|policij*, nima* potneg* ker|vzel*, ne vrne potn*|pasoš*|dokument*, nočejo|noče vrniti|vrnit|dati|dat potn*|pasoš*|dokument*
    posil* @me, @me posil*, =posiljen*, posilil*, posilstv* @me|se|zgod*, & sili @me spol*|seks*|posteljo|prostituc*|spat*|poroč*|poroko|prodaj*, & prisil* @me spol*|seks*|prostituc*|poroč*|poroko|delat*|delam, spolno zlorab* @me|moj*|hčer*|otrok*, & dotika @kid|hčerk*|me, otip* @me, & nadleg* spolno @me|hčer*|šef, & zlorab* @he, hoče poročit* na|proti|silo, trgov* z ljudmi, & prodal* @me
    zasleduj* @me, @me zasled*, & zalezuj* @me, & sledi @me @he|nekdo|povsod|vsepovsod|ves|domov|po, čaka @me pred, pred vrati stoji|je|tolče|razbija|kriči, razbija po|vrata|stanovanj*, vlomil* @he, hoče vlomit*|noter, pijan in|razbija, & pijan tolče|razbija|nasilen|divja, @he divja|razgraja|ponorel
    nasil* @me, & nasil* @he, nasil* nad mano|menoj|mano|otrok*|nami, & nasil* doma|družin* doživlj*|trpim|imam|je, žrtev nasilja, doživlj* nasilje, trpim nasilje, & nasil* do mene|nas
    samomor*, samomur*, umret* hočem|hočm|želim|bi|rada|najraje, & hočem|hočm|hocem|želim|želm|rada|rad|najraje|raje|bi umret*|umreti|umrla|umrl|umru|crkn*|mrtva|mrtev, ne želim več živet*, & nočem|nočm|ne živet*|živeti želim|več|rada|rad|hočem|morem ~4, & nočem|nočm živet*, & ubila|ubil|ubit|ubiti|ubijem|ubu|ubiu|fentala|obesi* se bom|bi|hočem|želim|mislim|grem|rada|razmišlj*, obesit*|obesila se, & konča* življenj*|vse|svoj*|sama|tem bom|bi|želim|hočem|nehala|svoje ~2, & skočila|skočit|skočiti|skočim|vržem|vrgla most*|okna|vlak*|balkon*|reko|bloka, nočem se zbudit*, & nikoli več zbudi*|zbudit* želim|da|ne, & vzela|pogoltn*|popila|spila|pojedla tablet*|tabletk* vse|preveč|veliko|umre*|vseh|celo|škatl*, predozir*, režem se, se režem, & rez* žile, porez* se|žile, & prereza* žile|zapest*, & poškod* sebe|samo|se ~2, & nima* smisla živet*|življenj*, življenj* nima smisla|vrednosti|več, bolje mrtv*|brez, & mrtv* bolje|lažje|boljš*|bla|bila, brez mene bolje|boljše|lažje|lepše, nočem več bit*, ni mi več živet*|za, naveliča* življenja|živet*, nimam volje|razloga za|do živ*, najraje|rada bi izgin*, vse* bo konec|konc kmalu
    & otrok|otroka|otroke|hčer*|sin*|otroku nevarn*|ugrab*|izgin*|pogreš*, & ugrab* @me|@kid, vzel*|odpelj*|ukrad* mi|mojega|moje|moj @kid, & odpelja* @kid @he|neznan*, & vzeli otrok* bo|grozi, otrok* ne diha|zavest*|modri*, ne diha, & stresa|stresel|vrgel|vrže|vrgu dojenč*|otrok*
    v nevarnosti, smo|sem v življenjski nevar*, & nevar* življenje|življenj* moje|moj|v|za, & boji*|strah* življenj*|smrti|ubil*, krvavi*|krvav* sem|močno|zelo|iz|ves|vsa|po, & zlom* mi|me roko|reb*|nos|roka @he|je, polno modric, modrice po|imam|od, zlil* kislin*|bencin*|vrelo, rešite @me|nas, pokličite policij*|pomoč|112|113, rabim policijo, pošljite policijo
    & @he zapr* @me, me kontrolira ne, z glavo ob|v zid|steno, ob steno|zid @me|vrgel|vrže|porin*, za lase vlec*|vleč*|vlek*|prijel|me, vleče|vlekel za lase, meče stvari|krožnike @me|v, za vrat prijel|prime|zgrabi*|me, & zgrabil* @me vrat*|lase, pljuva @me, steka @me, naredila si|bom kaj|nekaj hudega, bom kaj naredila|naredu si, si kaj naredi*
    stisnil|stisnu|stiska|stiskal|prijel|prijeu|zgrabil|drži|držal|davi* me|mi|je za|vrat|grlo ~2 & vrat|grlo
    nisem|nism|ne mogla|morem|mogu dihat*|sapo & vrat|grlo|davi*|stisn*|duši*|drža*
    zaklenjen*|zaklenen*|zaprt* sem|sm|smo|je v|ker|sob*|stanovanj*
    & udaru|udaril|udari|zlasal|lopnil|mahnil|flosnil|usekal me
    @he tepe|pretep*|mlati|bije|davi brata|sestro|mamo|mami|mojo|mojega|ženo|babico|mater ~1
    & vrgel|porinil|vrgu|porinu|suval|sunil|brcnil|brcnu|zbrcal me stopnic*|tla|zid|noseč*|trebuh*|okn*|steno
    noseč* sem|sm & brcn*|udar*|porin*|vrg*|tepe*|suni*
    nočem|nečem|necem|nočm|nočen več|vec|veš živet*|živeti|bit|obstajat*
    polil|polije|poliu|polit me|mene|naju & kislin*|bencin*|vrel*|olj*|krop*
    hodi|hod za|po mano|menoj|meno & dan|reče|kriči|vsak|povsod|grozi
    & otip*|šlat*|božal* @me|@kid ~2, z|s|ima pištol*|pušk*|sekir*|mačet*|orožj*, zvezal*|zvezu|zveže|privez*|priklen* @me ~1, @me zvezal*|zvezu|zveže|privez*|priklen* ~1
    & vzela|vzel|pogoltn*|popila|spila|pojedla|nažrla|požrla tablet*|tabletk*|uspaval*|pomirjeval*|apaurin*|zdravil* cel*|kup|polno|vse|preveč|škatl*|ful
    konec si bom|bi|hočem|želim, & naredila|naredil|naredim|narest konec si|sebi ~3, bolje|boljše|boljš|lažje|najbolje če|da me|mene ne|ni bi|bilo|blo|več ~1
    otipava|otipaval*|šlata|šlatal* @kid|hčerk*|sestro ~2, na silo @me|spol*|poroč*|poljub* ~1
words-danger-2 =
    strah me|jo|nas je|moža|očeta|partner*|zelo|ga|njega|domov, me|mene je strah, bojim se moža|partner*|ga|njega|očeta|domov|doma|ponoči|zelo|ljudi|delodaj*|biti|za|zase, se ga bojim, se bojim moža|njega|domov|zelo, bojim se, boji* domov
    deloži*, izselit* moram|morava|nas|bodo|hoče, & vrgl*|vrže|vrgel @me stanovanj*|cesto|ulico|ven|hiše, na cesti|ulici sem|smo|bom|bomo|spim|pristal*|spimo, brezdom*, nima* kje|kam spat*|it|iti|živet*|za|stanov*, brez strehe, izklop* elektr*|ogrev* nam|mi, nima* stanovanj* več|kam|sva
    lačn* sem|smo|otroc*|otrok*, smo|sem|so lačn*, nima* za hrano|kruh|mleko|plenic*|jest|jesti|pelenic*, nima* kaj|za jest*|dat, nima* hrane, nima* denar* za hrano|najem*|zdravil*|otrok*|položnic*, brez hrane|jedi, nismo jedl*, nisem jedl*, nič za jest*
    ne morem|morm|zmorem|moram več, ne zdržim več, ne zdržim, nimam več moči|volje, obupa*, obup* sem, na koncu z moč*|živc*, zlomljen* sem, sem zlomljen*, ne vidim izhoda|rešitve, vse je brez, čisto na tleh, živc* več ne|nimam, jokam vsak|cel*|ves|vse, sem čisto sam*
    & plač* ne|ni|nis* dobi*|dal|izplač*|dala|dobl* šef|delodaj*|mesec*|več|že|mi|nam|sem, ni* plačal* mi|nam|dela|plač*|šef|ur*, niso @me plačal*, dela* brez plač*|pogodbe, & ne plača @me, & dolg* šefu|delodaj*|gospodar*|ne|odplač* morem|oderuh*|sram|izterj*, izterjev*|rubež* mi|me|grozi|prid*, oderuh*, sram* dolg*|zaradi
words-danger-not =
    & rok|roki|vročin*|glava|zob|hrbet|noge|čevlji|čevlj*|izpit*|mraz|sonce|delo|služba|matematik*|dolgčas|radovednost|lakota|žulji|promet|stres|klanec ubij*|ubil*|ubije|muči|pobije|udar*|tolče|daje|duši me|mene|nas
    crk* od smeha|dolgčas*|vročin*|lakote|mraza, umr* od smeha|dolgčas*|vročin*|lakote|sramu|mraza|radovednost*|strahu|žeje, umirala od smeha, ubija dolgčas, ubij* čas|komarj*|muh*|dve
    & lačn* ko|kot|kosil*|malic*|volk*|pojdi*|gremo|pica|pico ~4, ne bojim se, ni me strah, me ni strah, brez strahu, ne bojte se, bojim se pajk*|kač*|psov|višin*|zobozdrav*|injekc*|igel|izpit*|letenja|teme|miši|dvigal*|pajkov|da, strah me je pajk*|višin*|zobo*|izpit*|igel|letenj*|da, me je strah pajk*|višin*|zobo*|izpit*|letenj*|da, strah pred višin*|izpit*|zobo*|letenj*|nastop*
    bije ura|srce|zvon*|plat, srce mi|mu bije|tolče, udaril* s|v|ob koleno|prst|mizo|komolec|vrata|glavo, udarila strela, udarec, tepe vest, & vest tepe|muči|peče, žile v, napad smeha|kašlja|smeha, duši kašelj|nahod|me kašelj, & kašelj duši me, brca žogo, & brca v trebuh* dojenč*|nosečn*
    zaprt* trgovin*|pisarn*|cesta|banka|urad|knjižnic*|okno|vrata|ob|med|čez, & zaklenila|zaklenil se|ključ*|kolo|avto|sem ~1, zaprla|zaprl|zaprem račun*|okno|vrata|usta, zaprt* sem ker|v kopalnici, ne morem več čakat*|priti|jest*|prid*|odpret*|najti|jutri|danes|v|na
    posilila|posiljuje s|z, bil* je|sem|smo|bi|na|v|pri, bilo, obupn* vreme|promet|film|dolg*, rada bi umrla od, mrtva tišina|utrujena|sezona, mrtva od, delavnic*|predavanj*|tečaj*|film*|knjig*|serij* o|proti|nasil* nasil*|samomor*|posil*
    & potn* poteč*|podaljš*|nov*|oddal*|uredi*|potrebuj*|rabi*|kopij*|foto*|velja* ~3, za vrat šal|ovratnik, bo konc tečaj*|šol*, konec tečaj*|izobraž*|šol*|meseca|tedna
    & umrla|crknila|umrl baterij*|telefon*|računaln*|internet
    brez kave|čokolade|kofeina|interneta|telefona|glasbe|čaja|nje ne|morem|mi ~1 & živet*|živeti|preživ*
    ubila bi za kavo|kavico|čokolado|spanec
    & bojim|strah izpit*|testa|vozniš*|razgovora|nastop*
    & ubil*|ubije šef*|učitelj*|profesor*|mentor*|trener* zamudi*|zamujam|pozabi* ~6, & ubil* otroc*|otrok*|mulci vprašanj*|cirkus*|energij*|radovedn* ~5
    & davi|duši|tišči|stiska|tepe|žge me|mene|nas kravata|šal|ovratnik|obleka|kašelj|prehlad*|astma|alergij*|birokracij*|sonce|vročina ~2
    zaprl*|zaprt*|blokiral* mi|so|je račun*|profil*|kartic* ~3

# Words members type, Albanian (standard and Gheg). Draft: needs a native reader; the danger lists need a crisis specialist too (docs/translations.md).
# Items stand between commas or on lines of their own. The grammar of the danger lists is explained in docs/safety.md.
words-sos = sos, s o s, ndihmë, ndihme, nihme, nihmë, ndim, ndimë, ndihm, ndihmo, ndihmoni, më ndihmo, më ndihmoni, me nihmo, ndihmë ju lutem, ju lutem ndihmë,
    ju lutem më ndihmoni, kam nevojë për ndihmë, kom nevoj per ndihm, dua ndihmë, du nihme, ndihmë urgjente, urgjente, urgjent, emergjencë, shpëtomë,
    më shpëtoni, policia, polici, thirrni policinë, thirre policinë, help, ndihmomni
words-stop = stop, ndalo, ndal, ndaloni, mjaft, boll, mos shkruaj, mos më shkruani, mos më shkruaj, mos shkruani, mos më shkruani më, mos me shkru,
    çregjistrohem, s'dua mesazhe, nuk dua mesazhe, pusho, ndale
words-start = start, fillo, filloni, fillim, nga fillimi, prej fillimit, rifillo, fillo përsëri
words-person = njeri, person, njeriu, një njeri, një person, personi, dua një njeri, dua një person, dua të flas me një person, dua të flas me njeri,
    të flas me dikë, dua të flas me dikë, du me fol me dikon, du me fol me njeri, këshilltare, këshilltarja, operator, më telefononi, më thirrni, nieri
words-back = prapa, kthehu, mbrapa, mbrapsht, prap, kthim, kthe, kthehu prapa, një hap prapa, mrapa
words-menu = menu, menuja, menyja, meny, menyja kryesore, ballina, kryefaqja, shtëpia, opsionet, kreu
words-language = gjuha, gjuhë, gjuhen, gjuhët, ndrysho gjuhën, ndërro gjuhën, gjuhë tjetër, tjetër gjuhë, guha, zgjidh gjuhën
words-who = kush është, kush është ky, kush është kjo, kush jeni, kush je, kush je ti, kush osht, kush o, kush asht, kush eshte aty, kush shkruan, kush po shkruan,
    kush po më shkruan, kush jeni ju, çka është kjo, çfarë është kjo, kush osht ky, kush është aty
words-hide = fshih, fshihe, fsheh, fshehe, fshihe bisedën, fsheh bisedën, fshije nga ekrani, mshef, mshefe, msheh, mshehe
words-clean = fshije, pastro, pastroje, pastroni, pastro bisedën, fshi bisedën, fshije bisedën, fshij bisedën, fshini bisedën, fshi mesazhet, fshij mesazhet, fshini mesazhet
words-when = kur, kur shkruani, kur më shkruani, kur mund të shkruani, orët e sigurta
words-mydata = të dhënat e mia, të dhënat për mua, më trego të dhënat e mia, çfarë dini për mua, çfarë keni për mua, çfarë ruani për mua, çka dini për mua, çka keni për mua, çka ruani për mua
words-erase = më fshi, më fshij, më fshini, fshimë, fshi të dhënat e mia, fshij të dhënat e mia, fshini të dhënat e mia, fshiji të dhënat e mia, fshijini të dhënat e mia, më harro, më harroni
words-polite = ju lutem, ju lutna, të lutem, te lutna, lutem, faleminderit, flm, përshëndetje, tung, hej, alo, tani, tash, menjëherë, mirëdita
words-yes = po, poo, po po, ok, okej, okay, mirë, në rregull, dakord, patjetër, sigurisht, po faleminderit, po ju lutem, dua, du, pranoj, vij, do vij, ani, qysh jo, yes, sigurt
words-no = jo, joo, jo jo, jo faleminderit, nuk dua, s'dua, sdu, nuk du, kurrë, nuk mundem, s'mundem, nuk vij, hiç, aspak, no, asnjëherë
words-numbers =
    1 një nji nje nja
    2 dy
    3 tre tri
    4 katër kater
    5 pesë pes
    6 gjashtë gjasht
    7 shtatë shtat
    8 tetë
    9 nëntë nant nantë
    10 dhjetë dhet
# Ordinary words one letter away from a command.
words-ordinary = ndihmon, ndihmës, ndihmës, gjuhës, ndala, personal, personale, prapë, njerëz, njerit, menyra, policie, shtëpi, fillon, njera, pastrim, pastroj, pastrues, pastruese, pastrimi, fshij, pastor
words-danger-sets =
    @he = ai burri burr burrin bashkëshorti bashkshorti i dashuri partneri babai baba babi vjehrri vjehrra vëllai vllai djali xhaxhai shefi pronari ish ishi njerku dikush burrit nana nëna kunati
    @me = më me na mua mu m neve
    @kid = fëmij* femi* fmi* fminë fmij* fmit djal* djem* vajz* vajze* çik* cucë* bebe* beben foshnj* kalama* goc* çun* çup*
    @beat = rreh rrehu rrehi rrahu rrahi rrahë rreha rrahin rrehin rrehke rref rrahë rref* rreh* rrah* godit* qëllo* qëlloi shkelm* grusht* shpull* shuplak* mbyt mbyti mbyte mys mysi myti mbys mbysi dhun* dhunsh* dhunu* lëndo* lëndoi lendu* lendoi sulm* përplas* shty shtyn shtyu djeg dogji ther theri keqtrajt* malltret* maltret* abuz* torturon* tortur* kaps kapi mshon mëshon mshoi shkel
    @kill = vras* vret vret vrasë vrase vra vrau mbys* mbyt* mys* mbytë therë therr ther pushkato* shtijë likuido* prenë
    @want = do don ka desh deshti po kërcënon dojn dojnë du deshi desht provoi tentoi mundohet due dona
    @docs = pasaport* pashaport* pasaporti pasaportat dokument* letrat letërnjoftim* leternjoftim* leternjoftimin pashaport*
    @lock = mbyll* mshel* mbyll mbylli mshil* mshile* kyq* kyç* kyqi kyçi burgos* izolo* mbylun* mylle* myll*
words-danger-1 =
    @me @beat ~1, mrreh*, mrrah*, mrref*, mgodit*, mkërcëno*, mvret, mvras*, mkercno*, po mrreh*, marreh*, merreh, & @beat @kid ~3, @beat fëmijët|djalin|vajzën|fmit|fmin, & @he @beat mua|grusht*|shkelm*|shuplak*|shpulla ~4, me grusht*|shkelm* më|godet|gjuan, jam rrahur|rreh|dhunuar|goditur|sulmuar|e|i rrah*|dhunu* ~2, jam dhunu*|rrah*, u rrah*, rrahje|rrahjet, dhun* në|ne shtëpi|familj*|shpi, dhun* familj*, & dhun* @he ~4, viktim* dhun*|e|i dhun*|trafik*, & dhunshëm|dhunshme|agresiv @he, i dhunshem, ushtron dhun*, bën|ben|bon dhun*, përdor dhun*, shan e|dhe rreh*, tërheq*|terhek* flok*|zvarr*, për flok*|flokësh, për fyti|fyt, kap për|prej|per fyt*|flok*
    @want të|te|me|m|më|mi|ta me|më|më|m|na|mua @kill ~2, @want @me @kill ~2, do më|me|na vras*|vret|vrase|mbys*|mys*|therë, me m @kill, me mvra|mmyt|mvras*|mvrit|mbyt|mys, kërcëno* @me, kercno* @me, @me kërcëno*|kercen*|kercno*|kercnu*|kanos*|kanset, kercenim* me|vdekje|jete*|vrasje, kanos* me|vdekje, kërcënon|kërcnon se|me|me|fëmij* vras*|thik*|vdekj*|vret|marr*, me thikë|thik|armë|arm|pistolet*|sopat* @me|në|ne|dor*|kërcën*|u|kerc*|erdh*|afër, thik* në|ne dor*|fyt, ka|kishte|mban thik*|pistolet*|arm* në|ne|dorë|dor, & thik* @he|@me, do ta vras*|mbys*, vras*|vret @me|fëmij*|@kid, tha|thot do|se do vras*|vret|mbys*, dëshiron|dëshirojnë me|të vra*|më
    @lock @me|brenda|në|ne|dhom*|shtëpi|n ~1, @me @lock, mka @lock, jam @lock|mbyllur|kyqur|kyçur|e mbyllur|kyçur|kyqur|myllur|mshel*|burgos*|brenda ~1, na ka|kan mbyll*|kyq*|kyç*, nuk|s|ska|smë|sme|smo|nuk|skam më|me|na|mlejn|mlën|mle|mlejnë|lë|le|lën|len|lejn|lejon|lejn dal*|dil*|dalë|shkoj|jashtë|ik*|larg*|shtëpi* ~3, nuk|s|sun|smund* mund|mundem|muj|dal|me dal*|dil*|dal nga|prej|jasht*|shpia|shtëpi*|dhom*, sme|smë|sma|smo|nuk|nukm lejo*|lejn*|len*|lën*|le dal*|dil*|me|jasht*|ik*|shko*|t, slejo*|slejn*|slen, ma|na ka|mori|kanë|kan mar*|mor*|marr*|hek*|fsheh*|msheh telefon*
    mori|mora|marr|mar|marrë|morën|moren|merr|mer|marun|hoq|hoqi|fshehu|fsheh|msheh|msheft|mshefi|mban|majnë|maj|mbajn|vodh*|vjedh*|grisi|konfisk*|mi @docs ~3, @docs ka|kanë|mori|ma|ma|e|mi|kan|na|më mar*|mor*|marr*|fsheh*|msheh*|mban|mshef*|vodh*|mbajt* ~3, nuk|smë|sma|sm|nuk|s kthe*|jep|jepin|nep|nepin|kthen|dorëz* @docs, @docs nuk|smë|sma|sma|s ma|më|kthe*|jep*|nep*
    përdhun*, perdhun*, @me @he përdhun*, dhunoi @me, dhun* seks*, seksual* dhun*|abuz*|ngacm*|prek*|sulm*|detyr*, ngacm* seks*, =detyro* @me|të|te|për|me, @me =detyro*, mdetyro*, më|me|na|po|o detyr* të|me|fle*|fli*|marr*|seks*|shit*|punoj|pun*|martohem|martu*, me detyrim|zor martu*|marto*|seks|pun*, martohem|martes*|martoj me zor|detyr*|forc*, me zor|forcë|dhun* marto*|martu*|seks|fle*, prostitu*, trafik* @me|e|i|njerëz*|qenie*|jam, më|me prek* pa|trupin|seks*|kudo, prek* @kid|vajzën|trupin|keq, më shit*|shesin|shet te|për|si|tek, mshet
    ndjek* @me, @me ndjek*|përndjek*|perndjek*|nek|ndjek, mndjek*, mnek, më përgjon, ndjek nga|pas kudo|mbrapa, më|me|na pret|pret|pritë te|jashtë|para|tek|tek dera|dera|der*|shtëpi*, te|tek|para dera|dere|derës|der* është|bërtet|po|godet|troket|me|osht, thyen|theu|thy|thye|po derën|deren|çdo|gjithqka|gjithçka|shtëpi*|xhama*|dera, i dehur|pirë|pim|deh*|dehun dhe|e|ai|po|më rreh*|godet|bërtet|thyen|bertet, dehur|pirë & @he
    vetëvra*, vetevra*, vetvra*, vetvras*, vetvrasj*, vras|vra|vrit|vritem|mbys|mbyt|var veten|vetën|vehten|veten, me vra|mbyt|mys veten|vehten|vet*, =vritem|=vritna|=mbytem dua|du|do|vetëm|veten, dua|du|dëshiroj|desha|doja|dëshir*|dua|kam dashur|kisha|dojsha|kisha|du|vetëm|po të|te|me|t|me|për|si vdes*|vdek*|vdesë|dek|dekë|dhek|dikna|des|mbaro*|zhduk*|vdes ~2, du me dek*|vdek*|vra, me dek|dekë du|dua|mire|ma|deshta, dua vdes*|vdekje*, dua vdekj*, nuk|s|sdua|s|sdu|spo|nuk|nuk dua|du|do|dëshiroj|po|desha|kam të|te|me|më|jetoj|ma|ma|më jetoj|jetu*|jetë|jeto*|rroj|zgjohem|gjall*|qu* ~3, sdua të|me|te|më jetoj|jetu*|rroj|zgjo*, sdu me|ma|me jetu*|gjall*|qu*, më|ma|mire mirë|mire|mirë|e vdekur|dekur|vdek*|dek*|vdes|vdisja|dekun|pa ~2, ti jap|jep|japë|jep|jap fund, jap fund jet*, i jap|dhashë fund, fund jetës|jetes, jeta nuk|s|ska|ka kuptim|vlen|kuptim|pa, ska kuptim jeta|jet*|te|të, jeta ska, ska kuptim, pa kuptim jet*|jeta, hidhem|hudhna|hedh|hidhna|kërcej|gjuhem|hedhem nga|prej|poshtë|në|para|ne|nën ura|ure*|ballkon*|dritar*|tren*|lum*|kati|pallat*|dritares, pre* veten|dam*|venat|vena*|duart|krahu*|krah*, lëndo*|lendoj|lendu*|dëmto*|dëmtoj|demto*|dëmtu* veten|vehten|vetën, marr|piva|pi|pija|kam|pijë|piva|hëngra|gëllti*|me të|gjitha|krejt|shumë|te|pi ilaç*|hapa|tablet*|barna*|hape*|barnat|pilula* ~3, lodh* jet*|nga|prej|me jet*|jetu*|jeta, jam|u lodh* nga|prej|me|me jet*, jo më jet*, kam|pa arsye arsye|të jeto*|jetu*, ska arsye|pse jeto*|jetu*|të jetoj
    fëmij*|@kid në|ne|jan|osht|janë|është|është|i|e|po rrezik*|zhduk*|humb*|rrëmby*|rrëmbe*|rremb*|gjak*|rrezik, rrëmbe*|rrembe*|rrëmby*|kidnap*|grabit* @me|@kid|fëmij*|i|nga|ka, mori|morën|marrë|marrun|merr|heq|largo*|vjedh*|vodh*|mjarr @kid ~1, @kid mi|ma|më|ka mori|marrë|morën|vodh*|hoq ~1, nuk merr frymë, sme frym*, po|nuk merr|mer|frymon frym*|frymë, smerr frymë, pa ndjenja, humb* vetëdij*, fëmij* zhduk*|humb*
    në|ne|n rrezik*, jam|jemi rrezik* ~2, rrezikohe*, jeta ime|jem*|në|ne|rrezik* rrezik*, frik*|tutem|tut për|per|se|po|mos jet*|vras*|vret|vret|vra|mbys*|jetën|jeten ~3, frik*|friksohem|tutem|tutna se|do|po|mos|më|me vras*|mvret|vret|rreh*|rrah*|vra|mbys*|mbyt*|mvras*|m @kill ~4, gjak|gjakos*|gjakderdh*|gjakdo* jam|po|nga|më|shumë|humb*|rrjedh*|hund*, po gjakos*, po rrjedh gjak, më|ma|ka ka|theu|thye|thy|theu dor*|kraht*|krah*|hund*|brinj*|kocka|dhëmb*|kamb*|këmb* ~3, mavijos*, mavijos, me mavi|njolla, thirr*|thirrni|thirre|dërgo*|thirni|lajm*|qojeni policin*|polici*|ambulan*, policin* thirr*|thirrni|dërgo*|lajm*, iki|ika|ik|ikje|ikë|ikni|arratis*|larguar|iki|me|ika|iku nga|prej|prej|nga burri|shtëpia|tij|shpija|dhun*|ai|burrit|tij, fsheh*|msheh*|mshefta|msheft* nga|prej|në|ne|jam burr*|banjo*|banj*|tij|ai|dhom*, më shpëto*, skllav*
    më|ma|me|na|m|mka ka|kan|ke mbyll*|mshel*|kyq*|kyç*|rrah*|rreh*|rrah|godit*|shty*|dhun*|gjuajt*|kërcëno*|kanos*|kapun|kap|nxan|zan|zën*|mbyt*
    mka|mkan|maka rrah*|rreh*|shty*|dhun*|qit|gjujt*|godit*|nxan|kap*|mbyt*|kërcëno*|marr*|mar|mbyll*|mshel*|kyq*|kanos* ~1
    jam|jom|jena|jemi e|i|të|t mshel*|mbyll*|kyq*|kyç*|myll* ~1
    mshel*|mbyll*|kyq*|kyç*|myll* në|n|ne|nshpi|nshtëpi|ndhom*|nbanes* & shpi|shtëpi|shtepi|dhom*|nshpi|banes*|dit|nshtëpi|nbanes*
    qit|gjujt|gjuajti|mëshoi|mshoj|dha ni|një|nji|me|disa shuplak*|grusht*|shpull*|shqelm*|shkelm*|pllamb* ~1
    & rreh|rreh|rref|mshon|rrah @he|vllaun|vëllanë|motrën|motren|nanen|nënën|nanën|mamin|motrat
    më|me|po|m|nm prek|prekë|preki|preku|nga|ngacmon natën|naten|nat|nëpër|poshtë|kur|kurdo|trupin|gjoks*|shpesh|e|kofsh* ~1
    njerku|axha|xhaxhai|daja|daxha|babai|baba|babagjyshi|mixha|kushëriri|shefi|vjehrri m|më|me|po|mprek prek|mprek|prekë|preku|ngacm*|puth*|lëmon ~2
    mprek|mpreku|mngacmon|mngacmo*|mncjek|mndjek|mnjek|mndjekin|mkanos|mkanoset|mkërcënon|mkercnon
    ndjek|ncjek|njek|përcjell|ncjekë|nek rrug*|rrugve|kudo|deri|gjithmonë & më|po|m|mncjek|me
    dhunu|dhunua|dhunuar|dhunoi më|me|mka|zor|mua|m|ma & zor|ka|mka|më|zorr|seks*
    & revole|revolver|pistolet*|kobure|armë|alltia|pushk*|automatik kanos*|më|kërcëno*|mkanos|shpi|shtëpi|ka|trembi
    fytin|kokën|kokn|kryt ta|ti|të|me|tu prej|pres*|pre|këpus|pret|preva & fytin|kokën|kryt
    ta|ta|me prej|pres|pre fytin|kokën|kokn|kryt
    martu*|marto*|fejo* & zor|zorr|dhun*|detyr*|vjeç|vjec|forc*
    hodh*|gjuajti|derdh*|qiti|hudh* ujin|uj|vaj*|benzin*|acid*|zjarr|zierë ~1
    ujin|uj|ujë e|të|t|i|vluar valë|vlu*|nxeht*|zier*|trup* & hodhi|gjuajti|derdhi|qiti|hudhi
    nxan|zan|zuri|zë|kap|kapi|mori|zoj|kapun|shtrëngo*|shtërngo* për|fytin|fyti|per|fytit fyt*|mbrom|fytin|fyti & fyt|fyti|fytin|fytit
    me|do|ka|kam|don tvra*|tvre*|tvri*|tmyt*|tmys*|tmbys*|tmbyt*|tther*, do|du|dua|kam|ka të|te të|te|t vras*|vra|mbys*|mbyt*|therr*|djeg* ~0
    ka|kan|ke godit*|goditë|rrah*|qëllu*|shkelmu*|grushtu* & kokë|koke|kok|fytyr*|ftyr*|bark*|sy|hund*|goj*|shpin*|brinj*
    sme|smë|sma|nuk|s|ska lësho*|lsho*|liron & jasht*|dal*|shpi*|shtëpi*|dhom*|telefon*
    due|dua|du|dona|kisha|dojsha|deshta me|më vdek*|dek*|des ~1
words-danger-2 =
    kam|kom|kam|kam|ka frik* ~2, kom frik, frikë kam|kom|nga|prej, friks*, frikoh*, frikës*, =tutem, =tutna, =tutemi, trembem, tmerru*, trishtu*|tmerr* jam, jam frik*|tmerr*|trem*, jetoj me frik*, & frik* burri*|burr*|shtëpi*
    dëbo*|debo* nga|prej|shtëpi*|banes*|na|më|me|shpi*, na|më|me nxjer*|nxorr*|nxor*|qes*|qit*|përzën*|përzu*|hodh*|jasht*|qet* nga|prej|jashtë|rrug*|jasht*|shtëpi*|banes*|shpi* ~2, në|ne|n rrugë|rrug|rrugën jam|jemi|fle*|mbet*|do|mbet*|me|kemi|hedh*, mbet* në|ne|n|pa rrug*|shtëpi|banes*|strehë|shpi, nuk|s|ska|skam|skemi|skena|sdi kam|kemi|kena|ku|ku të|te|me|ku fle*|shko*|jet*|fjet*|shku* ~3, pa shtëpi|strehë|kulm|shpi|banes*, pastreh*
    uritur|uri|urit*|unt|unshem|uria|untu* jam|jemi|jan*|fëmij*|kam|kemi, jam|jemi|jan*|kam|kemi|janë|fëmij*|femij*|e|të|kom|kena|te urit*|uri|unt*|untë|uri|urie|unshem|unt, nuk|s|ska|skam|skemi|skena|sna|nuk|s|pa|asgjë kemi|kam|kom|kena|ka|kemi|çfarë|bukë|ushqim*|buk|ushq*|hanë|ngrën|haj|lek*|pare për|per|ushqim*|buk*|hanë|haj|hëngër|ngrënë|hangër|qumësht|tamel|qera*|fëmij*|ilaç*|ha|hë ~3, pa ushqim|bukë|ngrënë|hanger|bukë, ska bukë|buk|ushq*, skemi|skam|skena buk*|ushqim*|çfarë|cka|qka, nuk kam|kom|kemi buk*|ushq*|para, asgjë për|per ngrën*|hangër, sken* qka me hanger|ngrën*
    nuk|s|su|spo|smund*|sun|sumuj|nuk mundem|mund|muj|duroj|durohet|mund*|përball* më|ma|duroj|me|vazhd*|dot|kështu|jetoj|shpirt ~2, smundem më|ma|tash, nuk mundem|muj ma|më, sun po|du|mo|ma, smuj ma|më|mo|tash|hiq, nuk duroj|durohet, sduroj, u|jam|em lodh* nga|shumë|prej|gjith*|krejt|fare, dorëzo*, dorzohem, pa shpres*, ska shpres*, humb* shpres*, dëshpër*|deshpr*, deshper*, pa|sken rrugëdalje, ska rrugëdalje|zgjidhje, qaj|kaj çdo|gjith|tan|cdo|krejt|natë|tërë, jam|mbet* krejt|vetëm fare|vet*|e vetmu*, jam e|i dëshpëruar|rraskap*|shkatërr*|thyer|vetmuar
    nuk|s|ska|smë|sma|smi|sme|sma|spo|pa|smi|skan|sna|sna më|me|na|ma|mi|ka|kan|kanë|kam|pagu*|paguan|jep|pagoi|po pagu*|pagoi|rrog*|rrogën|pagën|pag*|page*|marr*|dha|jep|paguaj*|rrok* ~4, pa|pa rrog*|pag*|kontrat*, papagu*, pa pagu*, më|ma|mi ka|detyr* borxh*|rrog*, borxh*|borgj* turp*|fajde*|kamat*|sun|nuk|shum*|kam|smund*|kom|shefit|pronar*|madh*, fajde*, përmbaru*, turp* borxh*|për
words-danger-not =
    vdes|vdiqa|vdekja|vdek|deka|dekëm|mbarova|shkri*|shkrin*|plas*|vdiqëm|ngordh* së|se|për|nga|prej|tu|të|prej qesh*|gaz*|kesh*|qeshuri*|uri*|uria|merz*|mërz*|vap*|nxeht*|ftoht*|turp*|etja|et|gjumi|inat, vdes për|pas kafe|akull*|çokoll*|muzik*|këtë|futboll*|byrek|kos, & koka|kok*|dhëmb*|dhembi|shpin*|kamb*|këmb*|stomaku|bark* po|më|ma|me vret|vrau|mbyt*|djeg*|vra|vrasin|djeg|vras|godet ~4, këpuc* më|po|me vras*|vret|vrasin, afat*|vapa|nxehtësia|orari|provimi|punë|puna|i|detyrat|mërzi*|trafiku|mbyt*|vap* po|më|me|do mbyt*|vret|vras*|mbytë, mbytur në|ne punë|pune|detyra|letra|detyr*, vret|vras|vrasim kohën|koha|kohë|mish|miza|kohen|mushkonj*
    nuk|s|ska|mos|pa|skam|skom kam|kom|ka|ki|keni|kini frik*|frig*|friks*, skam frik*, kam|kom frik* nga|prej|se|po|për merimang*|qen*|lartësi*|gjarp*|dentist*|provim*|aeropl*|fluturim*|injeks*|vonoh*|do|mos|minj*|errësir*|gjilp*|vonë|nuk|mace*|ndeshj*|autobus*|shiu|macet, frikë nga lartësi*|dentist*|qen*|provim*|errësir*|fluturim*
    uria|uritur|urit*|unt pas|hajde*|ejani|si|ujk*|pica|para|drek*|për|dua ~3, jam i|e uritur si|pas|hajde*|do|a|ku|çfarë, mbyll* dyqan*|zyr*|derën|dritar*|dera|shkoll*|dosj*|llogari*|rrug*|sot|dit* ~0, zyra|dyqani|banka|biblioteka|shkolla|farmacia është|osht|e|është e|mbyllur|mbyll*|kyçur, kam mbyll*|harru*|lënë|kyq* çel*|biçiklet*|vetur*|derën|çelsat|makin*|bicikl*, kyç*|kyq* në|ne|me|rrjet*|llogari*|email*|aplikac*|rrym*|wifi|internet*
    rrah* vez*|zemra|zemrës|vezë|vezët|zemër, zemra rreh*|po|më rreh*|shpejt, @me rreh|rrahu në|ne shah|letra|lojë|loje|ping*|futboll*, goditi|godit*|goditja|shkelm* top*|topin|gol*|penallti*|kokën|kemben|gishtin|me kok*|tavolin*|gju*, u përplasa, sulm* kardiak|zemre, marr|merr|mora|mar|marrë|dua|marrim|kam|duhet|më|nxjerr|ripërtër*|rinovo* pasaport*|dokument*|letër* e|të|re|për|me|time|te|ri|skad*|mia|tek|në|duhet*|nevoj*|ri ~4, pasaport* skad*|e|më re|skad*|skadon|ka skad*, dokument* duh*|nevoj*|për|cil*, cilat dokument*, çfarë dokument*|dokum*, kam|dua|si të|për dokument*|pasaport*, @kid marr|mora|marrë|e nga|prej|te|në shkoll*|kopsht*|çerdh*|doktor* ~3, marr|mora|merr|dërgo* @kid|vajzën|djalin|fëmijët nga|te|prej|në|ne|me shkoll*|kopsht*|çerdh*|doktor*|vete*|mjek* ~3, nuk mund|mundem|muj të|me|nesër|sot|vij|hap*|ardh* nesër|sot|vij|hap*|gje*|ardh*|hyj|marten|ardhur ~3, smund* vij|vi|të nesër|vij|hënën|hap*, smuj me ardh*|hy, lodh* nga|prej punë*|puna|udhëtim*|vrapi*|rruga, kurs*|punëtori*|film*|libër|libra|ligjërat*|seminar*|trajnim*|broshur*|tryez* për|mbi|kundër|rreth|dhun* dhun*|vetëvra*|trafik*
    gramatik*|matematik*|detyrat|puna|shumëfish* po|më|me mbyt*|vret|vras*|mbys*
    & gramatike|gramatika|gramatik mbyt|mbyt|vret
    & mshel|kyq|kyç|mbyll* makin*|kerr*|vetur*|biçiklet*|çels*|celes*|brenda|llogari*|telefonin|fjalëkalim*
    & frik* provim*|test*|intervist*|patent*|vozitj*
    bateri*|=telefoni|=telefonit|celulari vdiq|deka|dek|shkoi|ngordh*
    nuk|sjetoj|smundem jetoj|mundem|jetohet pa kafe|kafe|çokoll*|muzik*|çaj
    & mori|morën|morren|marr* pasaport*|dokument* kontroll* ~4, djal*|vajz*|fëmij* u|janë rrah*|përlesh*|kap* me|për shok*|vëlla*|motr*|top* ~1
    & na|i|ne rrahën|rrahen|rrahëm|mundën|munden futboll*|ndeshj*|gol*|lojë|basketboll*|0|1 ~5, & frikshëm|frikshme|frikshem film*|libr*|histori*|ëndër*|loj* ~3
    & dogji|djeg|dogj|dogja me|më|ma|na diell*|çaj*|supa|kafja|gjuh*|qepa ~2, & vras*|vret|vrasë shef*|mësues*|profesor* vono*|vones*|harro* ~6
    detyra|detyrë|detyre|detyren|ese*|tem*|punim*|projekt* për|mbi|rreth dhun*|vetëvra*|vrasj* ~1

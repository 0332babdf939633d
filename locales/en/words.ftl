# Words members type, English. Draft: needs a reader and, for the danger lists, a crisis specialist (docs/translations.md).
# Items stand between commas or on lines of their own. The grammar of the danger lists is explained in docs/safety.md.
words-sos = sos, s o s, help, help me, please help, please help me, help please, help us, emergency, i need help, need help, need help now, i need help now,
    i need help please, urgent, urgent help, mayday, call the police, call police, police, save me, hlep, halp, hepl, helpp, pls help, plz help
words-stop = stop, unsubscribe, quit, cancel messages, no more messages, stop messages, stop it, stop writing, stop texting, do not write, dont write,
    dont write to me, do not write to me, dont text me, leave me alone, opt out, stop all, end, enough
words-start = start, begin, restart, start again, subscribe, begin again, start over
words-person = person, human, a person, a human, real person, real human, agent, operator, staff, someone real, talk to a person, speak to a person,
    talk to someone, speak to someone, talk to a human, speak to a human, i want a person, i want to talk to a person, i want to speak to a person,
    counsellor, counselor, call me, persn, humen
words-back = back, go back, previous, return, one step back, bak, backwards
words-menu = menu, main menu, home, options, main, start page, what can you do, meniu
words-language = language, languages, change language, other language, another language, lang, langauge, languge, lenguage
words-who = who is this, who is it, who are you, who is that, whos this, who dis, who is writing, who wrote this, what is this, who r u, who are u,
    who is there, who this, who you
words-hide = hide, hide this, hide it, hide chat, hide the chat, hide now, quick hide
words-clean = clean, clean up, clean chat, clean this chat, clear chat, clear the chat, delete chat, delete the chat, delete this chat, delete messages, wipe
words-when = when, when do you write, when can you write, when will you write, safe hours
words-mydata = my data, my information, show my data, show me my data, export my data, what do you know about me, what do you have about me, what do you keep about me
words-erase = delete me, erase me, remove me, forget me, delete my data, erase my data, remove my data, delete my account, delete everything about me
words-polite = please, pls, plz, plis, thanks, thank you, hi, hello, hey, now, sir, madam, right now, asap, the
words-yes = yes, yeah, yep, yea, ya, y, yess, ok, okay, okey, sure, of course, fine, yes please, i agree, agree, correct, right, i come, i will come,
    i want, go ahead, alright, good, yas
words-no = no, nope, nah, n, no thanks, no thank you, never, not now, i dont want, i do not want, dont, not, noo, cannot, i cant, i will not
words-numbers =
    1 one won first
    2 two second
    3 three third tree
    4 four
    5 five
    6 six
    7 seven
    8 eight
    9 nine
    10 ten
# Ordinary words one letter away from a command.
words-ordinary = personal, persons, prison, humane, houman, language's, pack, backs, options, returns, urgently, polite, policy, humans, action, enough, persona, cleaner, cleaning, cleans, lean, clan, wide, side, ocean, clear
words-danger-sets =
    @he = he she husband* husbend* hasband hubby partner* boyfriend* bf ex father* dad* daddy stepfather* stepdad brother* uncle* boss* man men someone they employer* landlord* stepmother mother* mum mom neighbour* neighbor* owner agent guy girlfriend
    @me = me us my myself mee
    @kid = kid kids child* childern son sons daughter* doughter* baby babies boy boys girl girls toddler* newborn
    @beat = hit hits hitting hited hitted beat beats beating beated beaten bet punch* slap* slaped kick* chok* strangl* stab* smack* batter* attack* assault* abus* abuz* hurts hurting hurt harm* harming pushed pushes shoves shoved pushing burn* bit bites whip* torture* tortur* throws threw grabs grabbed drag* dragged spit* slam* slammed rape* raping molest* touches force* suffocat* kiked kikced kicket kikd kikin punsh* pucnhed puched slapt slapp* smaked smakced chocked choaked straggl* beeting beeted hited hitts bruis*
    @docs = passport* pasport* passaport papers documents document visa paspor* id residence
words-danger-1 =
    @beat|%btng @me, @beat @kid, beaten|beating|abused|attacked|hit|raped|stabbed by, am|are|was|get|got|being|im|been beaten|abused|raped|assaulted|attacked|trafficked|stabbed|kidnapped, beat* up, beats|beat my|our|the, & @he violent*|abusive|aggressive ~4, domestic violence at|in|from|by|suffer*|my, & violence @me home|husband|he|against|suffer*|victim ~4, victim of violence|abuse|trafficking, @he violent
    kill @me|him|her|@kid|you, killing me|us, kil me, threat* @me, threat* to kill|with|hurt, treat* to kill, threten* @me, threaten* @kid, tried|tries|trying|wants|want to strangle|choke|rape|stab|kill, he|they|husband|ex will|gonna|going kill|shoot|stab|burn, shoot @me, has|have|with|got|holding a|the knife|gun|axe|pistol|weapon, & knife @he|me, & gun @he|me ~4, knife to|at, pull* knife, pull* a knife, says|said he|she will kill, threat* with knife|gun|death, death threats, im dead if he, murder @me, hands on|around my throat|neck, by throat|neck, by the throat|neck|hair, pulls|pulled|dragged my|me hair, acid
    lock* @me, locked|lokced|loked in|inside|up, lockt me, am|are|im locked, keeps me|us locked|prisoner|inside|in|home, kept prisoner, cannot|cant|can|not leave|go the house|flat|apartment|outside|room|out, cannot|cant get out, not|wont|doesnt|never|dosent|dont|didnt let|allow @me out|leave|go|outside|exit, not|wont|doesnt|never let me leave|out|go, not allowed to leave|go|out, traped|trapped in|here|inside|at|with, held against, against my will, take* away my phone, took|takes|broke my phone
    took|taken|take|takes|stole|stolen|has|have|keeps|keep|kept|hid|hides|hiding|holding|holds|confiscat*|tok @me|the|away @docs, passport* was|is|been|has taken|stolen by, wont|refuses|not|doesnt give|return|giv back|me|my|to @docs, @docs away, give me my|back passport, refus* to give|return @docs
    rape* @me, raped, rapes|raping, forc* @me|to sex|have|sleep|marry|work|prostitut*|sell|into|marriage|bed|with, makes me have sex|sleep, forced marriage, prostitut*, sexual* abus*|assault*|harass*|touch*, touch* @me|her|my|@kid private|body|sexual*|badly|inappropriately|down|without|at ~2, touches my daughter|son|child*, sold|sell me|her|us to, traffick* @me|by, force me to
    follow* me everywhere|home|all|around|every|to|and, stalk* @me, stalker, stalking, waits|waiting outside|for my|me|house|door, outside my|the door|house|window shouting|banging|screaming|with|now|he|and|waiting, at my|the door with|banging|shouting|screaming|and|now, bang* on door, bang* on the|my door, break* down|in|into door|the|house|my, breaking things|everything, smash*|broke|destroy* everything|the|furniture|tv|my|up he|house, drunk and|he|violent hit*|break*|smash*|scream*|shout*|angry|violent, @he is|came drunk, found me|us
    suicid*, suiside, sucide, suicde, sueside, kill my|mysel*|myslf|miself|self, killing myself|my, kms, want*|wanna|wish|like|going|gonna|ready|rather|wnat to|be|die die|dead|dying|diee, want* to be dead, wish i was|were|am dead|die*|gone|never, wanna die, want die, wish to die, dont|not|no|cannot|cant|never want|wanna|wish|wnat live|alive|exist|wake|be|living to ~4, dont|do|not want to|wanna live|exist|wake|alive, no|any|not reason|point|will to|in|of live|living|life, tired|sick of living|life|being alive, end my|it|this|everything life|all, end it all, ending|end my life|lives, take my own|life, better off|of dead|without, better if i|am die*|dead|was|gone|were, be better dead, hurt*|cut*|harm*|burning|starv* myself|my|mysel*|miself wrist*|arm*|vein*, self harm, selfharm, cut* my wrist*|arm*|vein*|self, cuting my, cutting myself, cut myself, hurt|hurting|harm|harming myself, jump* off|from|under|out|infront|in bridge|roof|window|train|balcony|building|the|of, hang* myself|my, overdos*, take|took|swallow*|taking all|too|many|whole|the|bottle of pills|tablets|pils|sleeping|medicine|medication|many, poison myself, drown myself, dont see|have reason to live, no longer want to|live, nothing to live, life is|not worth|no|has nothing|living|sense|meaning, cant live anymore|like|this|any, disappear forever, say goodbye, goodbye forever|everyone|letter
    @kid in|is|are|at danger|missing|kidnap*|stolen|unsafe|bleeding|unconscious|not breathing, not breathing, isnt breathing, unconscious, kidnap*, took|take|taken|stole|takes|taking my|our|away|the @kid, abduct*, @kid disappeared|vanished|gone, @he beats|hits|hurts the|our|my|her|him, child abuse, abuses|abused my|the|our, shak* the|my baby, afraid he|they|that will|going|hurt*|kill*, scared he|that|they will|going|hurt*|kill* ~4, fear* for my|our|life life|lives, scared|afraid|fear for my|our life|lives|safety|kids|child*
    in danger, am not|unsafe safe|at, not safe at|here|home|with, im not safe, unsafe at|with home|him, bleed*, blood everywhere|from|on|all|lot, broke|broken my|rib* arm|nose|rib*|hand|leg|tooth|teeth|finger he|bone|husband, broke my|me arm|nose|rib*|hand|jaw|teeth, bruise*, black eye, call|send|get|need police|ambulance|the police|ambulance, need the|a police, need ambulance, hiding from|in him|bathroom|toilet|husband|ex|her, hide from him|husband|my, run|ran|running|escape|escaping|flee* away|from him|husband|home|my|ex, need|have|want to escape|flee, slave*
    @beat @me & belly|pregnant|face|head|stomach
    burn*|burnt|cut|scald* my|the|our|her @kid
    force*|forc* @me|us to
    make*|made|makes me sleep|have|sell|do sex|body|with|it
    they|he|she make*|made me sell|sleep
    touch*|tuch*|toch* my|the|her|his daughter*|doughter*|doter|dauter|kid*|son|child*|sister
    touch*|tuch* @kid|me at|under|in night|clothes|cloths|body|bed
    i took|swallowed|take all|many the|my|of|pills pills|tablets|medicine
    lock*|loked|lokd door|doors|key & kids|inside|work|he|children|key
    he has the|my key|keys|passport
    loked|locked|lokd in|inside
    boss|owner|agent|husband|he|they take*|took|tok|keep*|hold* my|our @docs
    no|not|never give back|it|passport
    dont|not|no wana|wanna|want|whant live|alive
    pregnant & hit*|kick*|beat*|push*
    i dont|not want to be here anymore
    =rapd|=reped|=rapped|=raiped & me|my|was|by|uncle|cousin
    burn*|cut*|scald*|hurt* my|our daughter*|son|child*|kid*|baby|boy|girl
    cut|cuts|slit|slits|slash* my|your|our|her throat|troat|neck|face|thraot, hand|hands|arm round|arround|around|on|over|against my|her throat|neck|mouth|troat ~1, & hand|hands neck|throat squeez*|choke*|breath*|press*
    @he smash*|broke|breaks|took|takes|hid|hides|destroy*|threw|checks my phone|mobile|cell|telephone|fone ~1, breaking|kicking|smashing|banging|pounding|kickin|bangin the|my|our|down|in door|door
    wont|doesnt|refuse*|never|not give|giv|return them|it|my back & passport*|papers|documents|docs|id|phone, couldnt|cudnt|cant|couldn breathe|breath|breathe & he|neck|throat|choke*|pillow|hand|hands
    @he hold*|has|have|keep*|kept|hid|hides my|our|all passport*|papers|documents|docs, pillow on|over my|her face|head|mouth, tie|tied|ties|chain*|handcuff* me|us to|up|in|and
words-danger-2 =
    afraid|scared|frightened|terrified|scare|fear|skared|afraied|scard of|to|from|at|he my|him|husband|home|go|partner|boss|people|sleep|father|he|night ~4, am|im|i|very|so|are|feel|always afraid|scared|frightened|terrified, scares me, i fear, live|living in fear
    evict*, evikt*, homeless*, throw*|threw|kick*|kicked|trow @me|out out|of|house|street|flat|apartment, on the street|streets, nowhere to|else go|sleep|live|stay, no place|where|roof to|for|over sleep|live|stay|go|head, lose|lost|losing my|our|the home|house|flat|apartment, sleep* outside|rough|in|on car|street|park|station|outside, landlord wants|says|is|told|will us|me|out|leave
    hungry|hunger|starving|starve am|im|we|are|kids|children|child*, am|are|im|is|were|my|children|kids|be|so|very hungry|starving|hungri, no|nothing|not|any|without food|eat|money|eaten|milk|bread to|for|at|home|food|eat|left|days|in, no food, nothing to eat, no money for|to food|rent|eat|buy|milk|medicine|baby|feed, cant|cannot feed|buy my|food|kids|milk|children, have not|havent|didnt eat*|ate|eaten in|since|for|days|today|nothing|two|three, no money|mony left|at|for|food
    cant|cannot|can|could not|go|take|do|cope|handle|bear|continue on|it|this|anymore|more|any|no ~4, cant|cannot go|take|cope|continue|bear|stand|handle on|it|this|anymore|longer|any, cant anymore, cannot anymore, cant cope, give|giving|gave up|on life|everything|all|im|i, given up, no hope|hope left|strength|way, hopeless*, desperate*, lost all hope, cry* every|all day|night|time, exhausted and|i|alone, broken inside, all alone, no way out, at the end of my, dont know what|how to do|live anymore|any|more ~4, lost hope, no strength
    didnt|not|wont|never|doesnt|hasnt|havent|dont|refuse* pay|paid|pays|payed|gave|give|received|got|get|been|giv me|us|my|for|salary|wage*|work|paid|work*|months ~4, not|never paid|payed, without pay|contract|wage*, unpaid, no salary|wage*|pay, owe* me|my money|wage*|salary|pay, boss|employer not|wont|didnt|doesnt|never pay*|paid, debt* boss|ashamed|shame|cant|pay|agency|loan|drown*|collector*, ashamed debt*|of, loan shark*, bailiff*, in debt|debts|dept
words-danger-not =
    deadline*|heat|exam*|shoe*|feet|head*|headache|back|traffic|cold|work|job|stairs|workout|homework|hair|tooth|teeth|knee*|weather|noise|suspense|curiosity|sun|bus|boredom|hunger|jokes|joke|laughing|this|queue|waiting|forms|paperwork|bureaucracy|stomach|legs|leg|grammar|wifi|internet|phone|it|hay is|are|will|gonna|was|its|really|always|s|to|going kill*|killing|hurt*|hits|hit me|us, my|the back|head|feet|tooth|teeth|leg*|knee*|stomach|throat|shoulder*|eyes|ear hurt*|kill* me, kill* time|mosquito*|two|weeds|for, dying|die|died|dead of|from|with laughing|laughter|boredom|embarrass*|curiosity|heat|thirst|tired*|hunger, dying to|for know|see|try|a|meet|coffee, dead tired, phone|battery is|died dead, laughed so hard, drop dead gorgeous
    beat* me|us|my|him|the|them at|chess|cards|game|score|record|team|traffic|rush|eggs|heat|personal|best ~2, hit me|my up|with|on|head|toe|knee|elbow|harder|that, hit|reached the|my road|jackpot|gym|target|limit|nail|books|button, it hit me that, heart beat*|attack, kick* the|a|off|my habit|ball|football|bucket|course|boots, @kid kicks|kicking in|ball|football, baby kick*, attack of|on laugh*|cough*|hunger, heart attack film|scene, panic sale
    locked|lost|lock|forgot myself|my|the out|car|bike|keys|key|phone|suitcase|door|screen|account ~2, lock* out of, locked the car|bike|door|office|house, phone is locked, account is locked, door is locked|closed, closed|locked office|bathroom, took|take|taking|bring|have|need|renew*|lost|forgot|got|send|copy|new|expired|expire* my|a|the|new|your|of|his|own passport|documents|document|visa|papers|id to|with|copy|photo|renew*|office|expire*|expired|for|ready|photocop*|translated|at ~3, renew my|passport, valid passport, have a|my|new|valid|the passport|visa|id, need a|new|to passport|papers, take|took|bring my|the|our @kid to|for|from school|doctor|kindergarten|park|dentist|course|swim*|class|playground|pediatrician ~4, took|take|pick* my|the kids|son|daughter|children up|home|for|swim*|along
    not|isnt|never|no afraid|scared|fear, afraid|scared|fear of|the heights|spiders|dogs|flying|dentist*|dark|needles|exam*|snakes|speaking|mice|elevator*|rain|cats|lifts|thunder, afraid|scared i|that|its|we|it|of|to am|will|is|missed|have|cant|cannot|not|late|fail|forgot|lost|making|speak|rain|making|miss|exam*, so|very|am|im|we|are|kids|always hungry|starving after|lets|pizza|before|for|what|can|when|at|by|whats|like|and|lol|snack* ~4, not hungry, hungry for|like knowledge|success|a|more|learn*, starving lets, no money|food for|on|the waste|problem|party, free food|meal, cant wait|find|open|hear|come|see|log, can not|cant|cannot take|do|go|make the|it|this|that|on|any bus|tuesday|monday|wednesday|thursday|friday|course|test|today|tomorrow|trip|exam|thursdays|holiday|class|appointment|medicine ~3, give up smok*|sugar|coffee|my|seat|sweets|chocolate, unpaid leave|internship|holiday, not paid the|for parking|bill|bus, jump* rope|in|on|into bed|pool|water|trampoline|bus|bed|the queue, jump* for joy, end of, end this|the call|chat|course|lesson, burn* dinner|cake|lunch|calories|the|soup|toast|rice|my tongue|hand|toast|finger, burnt, cut* my|the|myself hair|bread|onion|costs|cake|nails|some|fringe|finger, follow* you|us|me on|instagram|facebook|up, follow* me on|back, homeless dog|cat|kitten, desperate* for|need coffee|holiday|vacation, workshop|course|film|movie|book|lecture|poster|leaflet|article|seminar|talk about|on|against|of violence|suicide*|abuse|rape|trafficking|harassment|self
    & battery|phone|laptop dead|died|dying
    news|song|it hit me
    scared|scard|afraid|nervous of|about|for test|exam|driving|interview|the ~2
    & driving|test|exam scared|scard|afraid
    kill|die|murder for coffee|chocolate|pizza|a|some ~1
    cant|cannot live without coffee|tea|chocolate|music|my|internet|phone
    grammar|homework|verbs kill* me
    & boss|teacher|mum|mom|manager|coach kill|kills|murder|kil me late|forget|forgot|miss|fail ~6, shoot|shot me|us|it a|an|another|over|the message|mail|email|text|line|photo ~2
    took|take|takes|taking my|our|his|her|the fingerprint*|picture|photo|temperature & visa|passport|id|permit|residence, beat*|beats me|us in|at|to|by race|game|match|quiz|run*|swim*|tennis|football|points|final ~2
    threw|throw*|throwing a|me|us party|birthday|surprise|ball ~1, bleed* money|cash, legal|illegal|crime|allowed|possible|without|work|law without contract|pay ~3
    took|take|takes|taking my|our|his|her|the fingerprint*|fingerprints|photo|picture for|at|and & visa|passport|id|permit

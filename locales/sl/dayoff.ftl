# A whole day called off, read by staff. Draft: needs a native reader. Status: docs/translations.md
dayoff-title = Odpoved celega dne
dayoff-hint = Ob bolezni in podobnem: vsi termini ene osebe na en dan. Najprej vidite, kaj to pomeni.
dayoff-who = Čigav dan
dayoff-day = Dan
dayoff-look = Pokaži, kaj to pomeni
dayoff-nobody = Tukaj ni nikogar, čigar dan bi lahko odpovedali.
dayoff-ahead = Odpovedani dnevi
dayoff-line = { DAY($day) }: { $name }
dayoff-going-on = še ni končano
dayoff-none = Ni jih.
dayoff-sure = Odpovem ta dan?
dayoff-count = { $count ->
    [0] Na ta dan ni terminov. Nihče se nanj ne bo mogel naročiti.
    [one] Odpovedan bo { $count } termin.
    [two] Odpovedana bosta { $count } termina.
    [few] Odpovedani bodo { $count } termini.
   *[other] Odpovedanih bo { $count } terminov.
  }
dayoff-unreached = { $count ->
    [one] { $count } ženske bot ne more obvestiti: nekdo jo mora poklicati.
   *[other] Bot ne more obvestiti toliko žensk: { $count }. Nekdo jih mora poklicati.
  }
dayoff-code = koda { $code }
dayoff-joint = skupni termin
dayoff-send = dobi sporočilo
dayoff-hold = dobi sporočilo ob prvi dovoljeni uri
dayoff-call = pokličite jo: { $why }
dayoff-then = Vsaka dobi eno sporočilo v svojem jeziku, z opravičilom in novimi časi na izbiro. Kogar ne doseže, pride na seznam klicev.
dayoff-yes = Da, odpovej ta dan
dayoff-no = Ne, nazaj
dayoff-problem-who = Izberite, čigav dan je to.
dayoff-problem-day = Izberite dan od danes naprej, v naslednjih dveh mesecih.

# Kaj so poslale uporabnice, kot to vidijo zaposleni.
files-voice = Glasovno sporočilo
files-picture = Slika
files-file = Datoteka
files-size = { $kb } kB
files-open = Prenesi
files-unchosen = Še ni dovolila, da to vidi človek.
files-wanted = Je na poti k nam.
files-wanted-again = Prenos ni uspel. Poskusimo še enkrat.
files-refused = Tega nismo sprejeli: { $why ->
    [too_big] je preveliko.
    [wrong_type] takšna datoteka lahko škoduje ali se ne odpre.
    [too_many] v enem dnevu jih je prišlo preveč.
   *[other] ni takšno, kot mora biti.
  }
files-failed = Prenos ni uspel: { $why ->
    [not_found] ponudnik tega nima več.
    [no_answer] ponudnik ni odgovoril.
    [no_space] disk je poln.
   *[other] ponudnik je zavrnil.
  } Prosili smo jo, naj pošlje še enkrat.
files-gone = Izbrisano po 24 urah.
files-until = Izbris: { DATE($at) }
files-kept = Shranjeno:
files-keep = Shrani
files-keep-why = Zakaj to potrebujete dlje?
files-keep-empty = Napišite, zakaj to potrebujete dlje.
files-keep-gone = Tega ni več tukaj.
files-careful = Datoteke uporabnic lahko škodujejo. Odpirajte jih samo na posodobljenem računalniku.

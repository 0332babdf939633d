# What an organisation is asked. Draft: needs a native reader. Status: docs/translations.md
confirm-title = Ali to še drži?
confirm-about = { $site } ljudem pove za vašo storitev. Poglejte, prosimo, ali je tukaj še vse prav.
confirm-right = Vse še drži
confirm-words = Nekaj se je spremenilo:
confirm-words-hint = Napišite s svojimi besedami. Naša sodelavka ali sodelavec prebere in popravi.
confirm-changed = Pošlji spremembo
confirm-thanks = Hvala.
confirm-thanks-right = Zapisali smo, da vse še drži.
confirm-thanks-changed = Vaše sporočilo imamo. Pogledali ga bomo.
confirm-over = Ta povezava ne velja več ali je napačna. Deluje enkrat, 14 dni. Prosite nas za novo.
confirm-empty = Napišite, prosimo, kaj se je spremenilo.
confirm-long = To je predolgo. Napišite največ 1000 znakov.
confirm-meanwhile = Ti podatki so se pravkar spremenili. Poglejte jih, prosimo, še enkrat.

# Draft: needs a native reader. Status: docs/translations.md
members-title = Njeni podatki
members-counts = Sporočila: { $messages }. Klepeti: { $chats }. Prihodnji termini: { $meetings }.
members-file = Vse v eni datoteki
members-file-about = Dajte jo samo njej, ko stoji pred vami. Kopije ne hranimo. V dnevniku ostane zapis, da ste jo naredili.
members-file-get = Prenesi datoteko
members-erase = Pozabi jo
members-erase-about = Njeni klepeti, zapiski, datoteke in nastavitve se za vedno izbrišejo, prihodnji termini se odpovejo. Pretekle obiske samo štejemo, brez nje. Samo če za to prosi sama.
members-erase-go = Naprej
members-sure = Za to je prosila sama. Tega ni mogoče razveljaviti.
members-erase-now = Pozabi jo zdaj
members-not-sure = Najprej označite vrstico: za to je prosila sama.
members-back = Nazaj
members-erased = Urejeno
members-erased-about = O njej tu ni ničesar več. Klepet na svojem telefonu izbriše sama.

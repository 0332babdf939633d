# Draft: needs a native reader. Status: docs/translations.md. Source of hr, sr and sr-Cyrl: docs/translations.md says how.
quick-hello = Dobar dan. Ja sam osoba, ne automatski pomoćnik. Kako vam mogu pomoći?
quick-moment = Samo trenutak, molim. Tražim odgovor.
quick-more = Molim, napišite malo više. Šta vam treba?
quick-come-today = Možete doći k nama: { $address }. Otvoreno: { $hours }.
quick-call-us = Možete nas nazvati: { $phone }.
quick-call-you = Mogu li vas nazvati? Kada vam odgovara?
quick-when-can-you = Koji dan i u koje vrijeme vam odgovara?
quick-need-paper = Molim, donesite papir sa sobom. Čitat ćemo ga zajedno.
quick-interpreter = Želite li osobu koja govori vaš jezik?
quick-not-here = To ovdje ne možemo urediti. Naći ćemo nekoga ko može pomoći.
quick-anything-else = Treba li vam još nešto?
quick-bye-bot = Razgovor sada završavam. Poslije vam opet odgovara automatski pomoćnik. Ako želite osobu, napišite: osoba

# Only what differs from locales/bs; the rest comes from there. Draft: needs a native reader. Status: docs/translations.md
letter-word-odlocba = Papir na kojem piše šta je služba odlučila (odločba). Često je to odgovor kad neko službu za nešto moli.
letter-word-vloga = Obrazac ili pismo službi (vloga). Njime službu za nešto molite.
letter-word-pritozba = Pismo službi (pritožba). U njemu piše: sa ovom odlukom se ne slažem.
letter-word-potrdilo = Papir na kojem piše: to je istina (potrdilo). Dobijete ga u službi, u školi ili kod lekara.
letter-word-poziv = Pismo u kojem služba od vas nešto traži (poziv). Na primer: dođite ili donesite papir.
letter-word-upravna-enota = Državna služba (upravna enota). Tamo uredite lična dokumenta i dozvolu boravka.
letter-word-pooblastilo = Papir koji potpišete (pooblastilo). Tada druga osoba u službi može nešto da uredi za vas.
letter-word-taksa = Novac koji platite službi za papir (taksa).

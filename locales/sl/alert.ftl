# Draft: needs a native reader. Status: docs/translations.md
# What is sent holds no word of hers, no name and no kind of trouble.
alert-told-urgent = Točka: nekdo čaka. Prosimo, poglejte zdaj.
alert-told-late = Točka: nekdo dolgo čaka. Prosimo, poglejte.
alert-told-task = Točka: nalogi je potekel rok. Prosimo, poglejte.
alert-told-test = Točka: to je preizkus. Pritisnite gumb.
alert-look = Pogledam
alert-yours = Hvala. Zapisali smo, da gledate vi.
alert-taken = Hvala. Nekdo že gleda.
alert-over = To je končano. Tu ne čaka nihče več.
alert-linked = Ta klepet je povezan. Ko dežurate, dobite obvestila tukaj.
alert-link-over = Povezava je bila uporabljena ali je prestara. Novo naredite na strani Dežurstvo.
alert-title-urgent = Nujno: nekdo čaka
alert-title-late = Nekdo dolgo čaka
alert-title-task = Nalogi je potekel rok
alert-title-test = Preizkusno obvestilo
alert-since = Od: { DATE($at) }
alert-language = Jezik: { $language }
alert-open = Nihče še ne gleda.
alert-looks = { $name } gleda od { TIME($at) }.
alert-closed = To je končano. Tu ne čaka nihče več.
alert-to-chat = Na klepet
alert-to-tasks = Na naloge
alert-to-duty = Na dežurstvo

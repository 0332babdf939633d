# Draft: needs a native reader. Status: docs/translations.md
console-title = Konzola
console-skip = Na vsebino
console-menu = Strani
console-menu-inbox = Klepeti
console-menu-today = Danes
console-menu-visits = Obiski
console-menu-records = Zapisi
console-menu-tasks = Naloge
console-menu-duty = Dežurstvo
console-menu-staff = Osebje
console-menu-audit = Dnevnik
console-menu-retention = Hramba
console-menu-account = Moj račun
console-sign-out = Odjava
console-not-here = Te strani ni ali pa zanjo nimate dostopa.
console-back = Na konzolo

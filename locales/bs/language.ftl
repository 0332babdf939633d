# Draft: needs a native reader. Status: docs/translations.md. Source of hr, sr and sr-Cyrl: docs/translations.md says how.
language-name = { $language ->
        [sl] Slovenščina
        [sq] Shqip
        [bs] Bosanski
        [hr] Hrvatski
        [sr] Srpski
        [sr-Cyrl] Српски
        [ar] العربية
       *[en] English
    }
language-ask = Koji jezik želite?
language-done = U redu. Pišem bosanski.

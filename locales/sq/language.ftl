# Draft: needs a native reader. Status: docs/translations.md
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
language-ask = Cilën gjuhë dëshironi?
language-done = Në rregull. Tani flasim shqip.

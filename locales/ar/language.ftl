# Draft: needs a native reader. Status: docs/translations.md. Numbers and Latin words stand between U+2068 and U+2069, labels without them;
# a line without an Arabic letter begins with U+200F. Address: no gender, so nouns ("the choice of") or the plural of courtesy.
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
language-ask = أي لغة تريدون؟
language-done = حسناً. أكتب بالعربية.

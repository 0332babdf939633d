# Draft: needs a native reader. Status: docs/translations.md. Numbers and Latin words stand between U+2068 and U+2069, labels without them;
# a line without an Arabic letter begins with U+200F. Address: no gender, so nouns ("the choice of") or the plural of courtesy.
welcome-hello = أهلاً 👋 أنا مساعد آلي، ليس إنساناً. { $site }. الرجاء اختيار اللغة.
# Where only one language is offered; the privacy text stands under it.
welcome-alone = أهلاً 👋 أنا مساعد آلي، ليس إنساناً. { $site }.
# Shown before any language is known: one line a language, the language menu under it.
welcome-hello-all = أهلاً 👋 مساعد آلي، ليس إنساناً. { $site }. الرجاء اختيار اللغة.
    Pozdravljeni 👋 Računalnik, ne človek. Izberite jezik.
    Përshëndetje 👋 Ndihmës automatik, jo njeri. Zgjidhni gjuhën.
    Zdravo 👋 Automatski pomoćnik, ne osoba. Izaberite jezik.
    Hello 👋 Automatic helper, not a person. Choose a language.

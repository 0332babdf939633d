# Draft: needs a native reader. Status: docs/translations.md
welcome-hello = Përshëndetje 👋 Jam ndihmës automatik, jo njeri. { $site }. Zgjidhni gjuhën.
# Where only one language is offered; the privacy text stands under it.
welcome-alone = Përshëndetje 👋 Jam ndihmës automatik, jo njeri. { $site }.
# Shown before any language is known: one line a language, the language menu under it.
welcome-hello-all = Përshëndetje 👋 Ndihmës automatik, jo njeri. { $site }. Zgjidhni gjuhën.
    Pozdravljeni 👋 Računalnik, ne človek. Izberite jezik.
    Zdravo 👋 Automatski pomoćnik, ne osoba. Izaberite jezik.
    أهلاً 👋 مساعد آلي، ليس إنساناً. الرجاء اختيار اللغة.
    Hello 👋 An automatic helper, not a person. Choose a language.

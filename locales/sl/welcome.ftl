# Draft: needs a native reader. Status: docs/translations.md
welcome-hello = Pozdravljeni 👋 Sem računalniški pomočnik, ne človek. { $site }. Izberite jezik.
# Where only one language is offered; the privacy text stands under it.
welcome-alone = Pozdravljeni 👋 Sem računalniški pomočnik, ne človek. { $site }.
# Shown before any language is known: one line a language, the language menu under it.
welcome-hello-all = Pozdravljeni 👋 Računalnik, ne človek. { $site }. Izberite jezik.
    Përshëndetje 👋 Ndihmës automatik, jo njeri. Zgjidhni gjuhën.
    Zdravo 👋 Automatski pomoćnik, ne osoba. Izaberite jezik.
    أهلاً 👋 مساعد آلي، ليس إنساناً. الرجاء اختيار اللغة.
    Hello 👋 An automatic helper, not a person. Choose a language.

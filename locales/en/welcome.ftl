# Draft: needs a native reader. Status: docs/translations.md
welcome-hello = Hello 👋 I am an automatic helper, not a person. { $site }. Choose a language.
# Where only one language is offered; the privacy text stands under it.
welcome-alone = Hello 👋 I am an automatic helper, not a person. { $site }.
# Shown before any language is known: one line a language, the language menu under it.
welcome-hello-all = Hello 👋 An automatic helper, not a person. { $site }. Choose a language.
    Pozdravljeni 👋 Računalnik, ne človek. Izberite jezik.
    Përshëndetje 👋 Ndihmës automatik, jo njeri. Zgjidhni gjuhën.
    Zdravo 👋 Automatski pomoćnik, ne osoba. Izaberite jezik.
    أهلاً 👋 مساعد آلي، ليس إنساناً. الرجاء اختيار اللغة.

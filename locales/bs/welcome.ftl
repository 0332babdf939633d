# Draft: needs a native reader. Status: docs/translations.md. Source of hr, sr and sr-Cyrl: docs/translations.md says how.
welcome-hello = Dobar dan 👋 Ja sam automatski pomoćnik, ne osoba. { $site }. Izaberite jezik.
# Where only one language is offered; the privacy text stands under it.
welcome-alone = Dobar dan 👋 Ja sam automatski pomoćnik, ne osoba. { $site }.
# Shown before any language is known: one line a language, the language menu under it.
welcome-hello-all = Zdravo 👋 Automatski pomoćnik, ne osoba. { $site }. Izaberite jezik.
    Pozdravljeni 👋 Računalnik, ne človek. Izberite jezik.
    Përshëndetje 👋 Ndihmës automatik, jo njeri. Zgjidhni gjuhën.
    أهلاً 👋 مساعد آلي، ليس إنساناً. الرجاء اختيار اللغة.
    Hello 👋 Automatic helper, not a person. Choose a language.

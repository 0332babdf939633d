# Draft: needs a native reader. Status: docs/translations.md
check-ask = Please write two digits of your number: digit { $first } and digit { $second }. For example: 3 8

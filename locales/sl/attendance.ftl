# Draft: needs a native reader. Status: docs/translations.md
attendance-title = Danes
attendance-hint = Kdo je prišel? En dotik je dovolj. Isti dan lahko to popravite.
attendance-today = Danes
attendance-before = Prej, še ni zapisano
attendance-none = Ni terminov.
attendance-time = { DATE($at) }
attendance-hour = { TIME($at) }
attendance-line = { $counsellor }, koda { $code }
attendance-came = ✅ Prišla
attendance-missed = Ni prišla
attendance-for = { $what }: { $code }
attendance-later = Še ne
attendance-state-attended = Prišla
attendance-state-missed = Ni prišla
attendance-undo = Razveljavi
attendance-gone = Tega ni bilo mogoče zapisati: odpovedano, prestavljeno ali že zapisano.

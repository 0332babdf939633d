# Draft: needs a native reader. Status: docs/translations.md
stop-done = U krye. Nuk ju shkruajmë më. Përgjigjemi vetëm kur na shkruani ju.
stop-keep = A doni ende përkujtesa për takimet tuaja?
stop-keep-yes = Po
stop-keep-no = Jo
stop-stopped = U krye. Nuk ju shkruajmë më. Ju mund të na shkruani në çdo kohë.
stop-kept = U krye. Vijnë vetëm përkujtesat për takimet tuaja.
stop-none = Ju i merrni mesazhet tona.
stop-started = Mirë. Mund t'ju shkruajmë përsëri.
stop-ok = Në rregull
stop-start = Më shkruani përsëri
stop-none-ok = Në rregull

# Draft: needs a native reader. Status: docs/translations.md
plain = { $text }
engine-back = ⬅️ Prapa
engine-menu = 🏠 Menyja
engine-person = 🙋 Një njeri
engine-sos = 🆘 SOS
engine-language = 🌐 Gjuha
engine-tap-over = Ky buton është nga një mesazh i vjetër. Ja çfarë vlen tani.
engine-unclear = Këtë nuk e gjej. Zgjidhni një buton ose shkruani një fjalë, për shembull: kurs. Një njeri mund t'ju ndihmojë. Nëse jeni në rrezik, shkruani SOS.
engine-unclear-person = Një njeri mund t'ju ndihmojë. Zgjidhni 🙋 Një njeri. Nëse jeni në rrezik, shkruani SOS.
engine-which = Ju shkruat: { $said }. Cilës pyetje po i përgjigjeni?
engine-who = Këtu ka informata për kurse dhe aktivitete. Vendi: { $place }. Shkruan një ndihmës automatik, jo një njeri.
engine-failed = Na falni. Këtu diçka nuk punoi. Do ta shohë një njeri. Nëse jeni në rrezik, telefononi 112.
flood = Erdhën shumë mesazhe njëherësh. Prisni një minutë. Nëse jeni në rrezik, shkruani SOS ose telefononi 112.
heard-location = Vendndodhja juaj nuk më duhet dhe nuk e ruaj. Zgjidhni një buton. Nëse jeni në rrezik, telefononi 112.
heard-contact = Numrat e njerëzve të tjerë nuk i ruaj. Zgjidhni një buton.
heard-sticker = Faleminderit. Zgjidhni një buton ose shkruani një fjalë.
heard-unsupported = Këtë nuk mund ta hap. Zgjidhni një buton, shkruani një fjalë ose zgjidhni 🙋 Një njeri.

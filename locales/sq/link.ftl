# Draft: needs a native reader. Status: docs/translations.md
link-open = 🔗 Bisedë tjetër
link = A na shkruani edhe nga një telefon ose faqe tjetër? Mund t'i bashkoni të dyja bisedat.
link-show = Më trego një kod
link-have = Kam një kod
link-code = { $code }
link-shown = Kodi është më lart. Hapni bisedën tjetër: Cilësimet, Bisedë tjetër, Kam një kod. Shkruajeni aty. Kodi vlen 10 minuta, vetëm një herë. Mos ia tregoni askujt.
link-ok = Në rregull
link-enter = Shkruani kodin nga biseda juaj tjetër.
link-leave = Nuk kam kod
link-wrong = Ky kod nuk vlen. Shikoni kodin në bisedën tjetër ose kërkoni atje një kod të ri.
link-wait = Ishin shumë kode. Ju lutem, provoni përsëri pas një ore.
link-join = Të dyja bisedat bëhen një. Takimet dhe të dhënat nga këtu kalojnë te biseda tjetër. Kush e ka në dorë njërin telefon, i sheh. Nëse te njëra keni kërkuar të mos shkruajmë, kjo vlen për të dyja. A e doni këtë?
link-yes = Po, bashkoji
link-no = Jo
link-apart = Nuk ndryshuam asgjë.
link-done = U bë. Të dyja bisedat tani janë një. Takimet tuaja i shihni në të dyja.

# Draft: needs a native reader. Status: docs/translations.md
quick-hello = Përshëndetje. Jam njeri, jo ndihmës automatik. Si mund t'ju ndihmoj?
quick-moment = Një moment, ju lutem. Po kërkoj përgjigjen.
quick-more = Ju lutem, shkruani pak më shumë. Çfarë ju duhet?
quick-come-today = Mund të vini te ne: { $address }. Hapur: { $hours }.
quick-call-us = Mund të na telefononi: { $phone }.
quick-call-you = A mund t'ju telefonoj? Kur ju përshtatet?
quick-when-can-you = Cila ditë dhe cila orë ju përshtatet?
quick-need-paper = Ju lutem, sillni letrën me vete. Do ta lexojmë bashkë.
quick-interpreter = A doni të flisni me dikë që flet gjuhën tuaj?
quick-not-here = Këtë nuk mund ta bëjmë këtu. Do të kërkojmë kush mund ta bëjë.
quick-anything-else = A ju duhet diçka tjetër?
quick-bye-bot = Tani po e mbyll bisedën. Ju përgjigjet përsëri ndihmësi automatik. Mund të kërkoni një njeri në çdo kohë.

# Draft: needs a native reader. Status: docs/translations.md
handover-menu = 🏠 Menyja
handover-person-has = Këtu ju shkruan { $name }. Mund edhe të telefononi { $phone } ose të vini te ne: { $address }. Nëse jeni në rrezik, telefononi 112.
handover-person-now = Një njeri do t'ju shkruajë këtu, zakonisht brenda { $minutes } min. Sot jemi këtu deri në orën { TIME($until) }. Mund edhe të telefononi { $phone } ose të vini te ne: { $address }. Nëse jeni në rrezik, telefononi 112.
handover-person-duty = Një njeri e lexon tani këtë bisedë dhe do t'ju shkruajë këtu. Zyra është e mbyllur: { $address }. Nëse jeni në rrezik, telefononi 112.
handover-person-nobody = E shënuam që doni të flisni me një njeri. Tani këtu nuk shkruan askush. Telefononi { $phone } ose ejani te ne: { $address }, sot deri në orën { TIME($until) }.
handover-person-later = E shënuam që doni të flisni me një njeri. Tani këtë bisedë nuk e lexon askush. Ne e lexojmë nga: { DATE($opens) }. Kur zyra është e hapur, mund edhe të telefononi { $phone } ose të vini: { $address }.
handover-person-closed = E shënuam që doni të flisni me një njeri. Tani këtë bisedë nuk e lexon askush. Zyra është e mbyllur. Kur zyra të jetë e hapur, telefononi { $phone }.
handover-lines =
    Punojnë ditë e natë:
    112: urgjenca. 113: policia.
    080 11 55: ndihmë kundër dhunës, për gra dhe fëmijë.
    116 123: bisedë kur e keni vështirë.
handover-notthis = Jo ky person
handover-notthis-about = Takimi juaj është me { $name }.
handover-notthis-done = Në rregull. E shënuam. Me ju do të flasë dikush tjetër.
handover-taken = Tani këtu ju shkruan { $name }. Është njeri, jo ndihmës automatik.
handover-has = { $name } i lexon mesazhet që shkruani këtu.
handover-returned = Këtu përgjigjet përsëri ndihmësi automatik. Ju ishit këtu:
handover-waiting = Këtu do t'ju shkruajë dikush tjetër.
handover-closed = Kjo bisedë mbaroi. Faleminderit. Këtu përgjigjet përsëri ndihmësi automatik. Mund të kërkoni një njeri në çdo kohë.
handover-stop = Në rregull. Nuk vijnë më lajme as përkujtesa. Një njeri ende mund t'ju përgjigjet këtu. Nëse ndërroni mendje, shkruani: start

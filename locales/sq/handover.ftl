# Draft: needs a native reader. Status: docs/translations.md
handover-menu = 🏠 Menyja
handover-person-now = E shënuam që doni të flisni me një njeri. Këtu një njeri ende nuk mund t'ju shkruajë. Telefononi { $phone } ose ejani te ne: { $address }, sot deri në orën { TIME($until) }. Natën këtë bisedë nuk e lexon askush. Nëse jeni në rrezik, telefononi 112.
handover-person-later = E shënuam që doni të flisni me një njeri. Këtu një njeri ende nuk mund t'ju shkruajë. Telefononi { $phone } ose ejani te ne: { $address }. Zyra hapet: { DATE($opens) }. Natën këtë bisedë nuk e lexon askush. Nëse jeni në rrezik, telefononi 112.
handover-person-closed = E shënuam që doni të flisni me një njeri. Këtu një njeri ende nuk mund t'ju shkruajë. Tani është mbyllur. Telefononi { $phone } kur zyra është e hapur. Natën këtë bisedë nuk e lexon askush. Nëse jeni në rrezik, telefononi 112.

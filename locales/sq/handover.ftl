# Draft: needs a native reader. Status: docs/translations.md
handover-menu = 🏠 Menyja
handover-person-now = Një njeri e sheh që prisni. Tani jemi në sportel deri në { TIME($until) }: { $address }. Telefoni: { $phone }. Natën bisedën nuk e lexon askush. Në rrezik telefononi 112.
handover-person-later = Një njeri e sheh që prisni. Hapim: { DATE($opens) }. Sporteli: { $address }. Telefoni: { $phone }. Natën bisedën nuk e lexon askush. Në rrezik telefononi 112.
handover-person-closed = Një njeri e sheh që prisni. Tani është mbyllur. Telefoni: { $phone }. Natën bisedën nuk e lexon askush. Në rrezik telefononi 112.

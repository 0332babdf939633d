# Draft: needs a native reader. Status: docs/translations.md
handover-menu = 🏠 Menu
handover-person-now = A person sees that you wait. We are at the desk now until { TIME($until) }: { $address }. Phone: { $phone }. Nobody reads this chat at night. In danger, call 112.
handover-person-later = A person sees that you wait. We open: { DATE($opens) }. Desk: { $address }. Phone: { $phone }. Nobody reads this chat at night. In danger, call 112.
handover-person-closed = A person sees that you wait. It is closed now. Phone: { $phone }. Nobody reads this chat at night. In danger, call 112.

# Draft: needs a native reader. Status: docs/translations.md
handover-menu = 🏠 Menu
handover-person-now = We noted that you want a person. A person cannot write here yet. Call { $phone } or come: { $address }, today until { TIME($until) }. Nobody reads this chat at night. In danger, call 112.
handover-person-later = We noted that you want a person. A person cannot write here yet. Call { $phone } or come: { $address }. We open: { DATE($opens) }. Nobody reads this chat at night. In danger, call 112.
handover-person-closed = We noted that you want a person. A person cannot write here yet. Call { $phone } when we are open. Nobody reads this chat at night. In danger, call 112.

# Draft: needs a native reader. Status: docs/translations.md
handover-menu = 🏠 Menu
handover-person-has = { $name } has this chat and writes to you here. You can also call { $phone } or come: { $address }. In danger, call 112.
handover-person-now = A person will write to you here, usually within { $minutes } min. We are here today until { TIME($until) }. You can also call { $phone } or come: { $address }. In danger, call 112.
handover-person-duty = A person on duty reads this chat now and will write to you here. The desk is closed: { $address }. In danger, call 112.
handover-person-nobody = We noted that you want a person. Nobody is on duty in this chat now. Call { $phone } or come: { $address }, today until { TIME($until) }.
handover-person-later = We noted that you want a person. Nobody reads this chat now. People read it from: { DATE($opens) }. When we are open, you can also call { $phone } or come: { $address }.
handover-person-closed = We noted that you want a person. Nobody reads this chat now. It is closed. When we are open, call { $phone }.
handover-lines =
    Open day and night:
    112: emergency. 113: police.
    080 11 55: help in violence, for women and children.
    116 123: someone to talk to.
handover-notthis = Not this person
handover-notthis-about = Your appointment is with { $name }.
handover-notthis-done = OK. We noted it. Another person will talk with you.
handover-taken = { $name } has this chat now and writes to you here. This is a person, not the automatic helper.
handover-has = { $name } has this chat and reads what you write here.
handover-returned = The automatic helper answers here again. You were here:
handover-waiting = Another person will write to you here.
handover-closed = This talk is over. Thank you. The automatic helper answers here again. You can ask for a person any time.
handover-stop = OK. No more news and no reminders. A person can still answer you here. To undo this, write: start

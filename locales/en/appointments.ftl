# Draft: needs a native reader. Status: docs/translations.md
appointments-none = You have no appointments.
appointments-list = { $count ->
    [one] You have { $count } appointment. Choose it.
   *[other] You have { $count } appointments. Choose one.
  }
appointments-at = { WHEN($at) }
appointments-book = 📅 New appointment
appointments-facts =
    📅 { DATE($at) }
    { $topic }, with { $who }.
    { $mode ->
        [phone] By phone: call { $phone } at that time.
        [video] By video: call { $phone } before, for the link.
       *[person] Where: { $address }.
    }
    Code: { $code }
    { $coming ->
        [yes] We know that you come.
       *[no] You cannot come? Tell us.
    }
appointments-room =
    🚪 { $room }{ $steps ->
        [no] , no steps
       *[yes] { "" }
    }
appointments-come = ✅ I come
appointments-move = 🔁 Move it
appointments-cancel = ❌ Cancel it
appointments-coming = Thank you. We noted it.
appointments-cancel-ask = Cancel the appointment { DATE($at) }?
appointments-cancel-yes = ❌ Yes, cancel it
appointments-cancel-no = No, I come
appointments-cancelled = Cancelled: { DATE($at) }. Do you want a new appointment?
appointments-is-cancelled = This appointment is cancelled. Here are your appointments.
appointments-past = This appointment is over. Here are your appointments.
appointments-unknown = This appointment is not here. Here are your appointments.
appointments-back = 🗓 My appointments

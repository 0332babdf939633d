# A whole day called off, read by staff. Draft: needs a native reader. Status: docs/translations.md
dayoff-title = Cancel a whole day
dayoff-hint = For illness and the like: all appointments of one person on one day. First you see what it means.
dayoff-who = Whose day
dayoff-day = Day
dayoff-look = Show what it means
dayoff-nobody = There is nobody here whose day you may cancel.
dayoff-ahead = Days that were cancelled
dayoff-line = { DAY($day) }: { $name }
dayoff-going-on = not finished yet
dayoff-none = None.
dayoff-sure = Cancel this day?
dayoff-count = { $count ->
    [0] There is no appointment on this day. Nobody will be able to book it.
    [one] { $count } appointment will be cancelled.
   *[other] { $count } appointments will be cancelled.
  }
dayoff-unreached = { $count ->
    [one] { $count } woman cannot be told by the bot: somebody has to call her.
   *[other] { $count } women cannot be told by the bot: somebody has to call them.
  }
dayoff-code = code { $code }
dayoff-joint = joint appointment
dayoff-send = gets a message
dayoff-hold = gets a message in her next open hour
dayoff-call = call her: { $why }
dayoff-then = Each gets one message in her language, with our apology and new times to choose from. Whom it does not reach comes onto the call list.
dayoff-yes = Yes, cancel this day
dayoff-no = No, back
dayoff-problem-who = Choose whose day it is.
dayoff-problem-day = Choose a day from today on, within the next two months.

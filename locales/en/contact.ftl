# Draft: needs a native reader. Status: docs/translations.md
contact-shared = Does someone else use this phone?
contact-shared-only-me = Only me
contact-shared-sometimes = Sometimes
contact-shared-often = Often
contact-when = When may we write to you?
contact-when-morning = Morning, 8–12
contact-when-afternoon = Afternoon, 12–16
contact-when-any = Any time of day
contact-when-never = Never, I write
contact-done = { $when ->
    [never] Good. We do not write first. Please note your time.
   *[other] Good. We write short and neutral words. You see more only after a tap.
  }
contact-ok = OK
# Says nothing of who else reads here or why we are silent: whoever holds the phone may read it.
contact-settings =
    How we write to you:
    { $news ->
        [locked] We do not write first.
        [stopped] You said STOP. We do not write first.
        [kept] You said STOP. Only reminders come.
       *[on] { $when ->
            [morning] We write in the morning, 8–12.
            [afternoon] We write in the afternoon, 12–16.
            [never] We do not write first.
           *[any] We write at any time of day, not at night.
        }
    }
contact-change-when = Change the time
contact-change-shared = Who uses it
contact-start = You may write again
contact-stop = Stop writing

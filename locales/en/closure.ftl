# Draft: needs a native reader. Status: docs/translations.md
closure-title = Closed days
closure-years = Year
closure-listed = { $place }, { $year }
closure-none = No closed days this year.
closure-day = { SHORTDAY($day) }
closure-remove-day = Remove { SHORTDAY($day) }
closure-one = Close a day
closure-date-label = Day
closure-reason-label = Reason
closure-close-one = Close this day
closure-holidays = Slovenian holidays
closure-holidays-hint = You see the days first. Nothing is saved before you say so. A holiday on a Sunday stays on that Sunday.
closure-yearly = Holidays are added for one year at a time. Every autumn choose the next year above and add them again; the list of set-up says so from October. Days on which only you are closed are added by hand or from a file.
closure-holidays-show = Show the holidays of { $year }
closure-no-holidays = The holidays of { $year } are not known.
closure-import = Days from a file
closure-import-hint = A CSV file in UTF-8. First line: date,reason. Then one day of { $year } a line, for example 2026-12-24,closed. You see the days first.
closure-file = File
closure-import-show = Show the days
closure-proposal = { $count ->
    [0] All these days are closed already
    [one] One day would be closed
   *[other] { $count } days would be closed
}
closure-there = closed already: { $reason }
closure-lie = booked: { $times }
closure-lie-hint = These meetings stay booked. Move or cancel them, or close the days anyway.
closure-close = Close { $count ->
    [one] this day
   *[other] these { $count } days
}
closure-anyway = Close anyway ({ $count })
closure-meetings = Not saved yet: { $count ->
    [one] one booked meeting lies on these days.
   *[other] { $count } booked meetings lie on these days.
}
closure-already = Nothing to save: these days are closed already.
closure-date = Choose a day.
closure-reason = Write a reason in one line, up to 80 characters.
closure-no-file = Choose a file.
closure-file-big = This file is too big. A year of days fits into 32 KB.
closure-bad-encoding = Nothing is saved. Line { $line }: this is not UTF-8. Save the file as CSV UTF-8 and try again.
closure-bad-columns = Nothing is saved. Line { $line }: two columns are needed, date and reason, named so in the first line.
closure-bad-date = Nothing is saved. Line { $line }: this is not a day. Write 2026-12-24 or 24. 12. 2026.
closure-bad-year = Nothing is saved. Line { $line }: this day is of another year than the chosen one.
closure-bad-twice = Nothing is saved. Line { $line }: this day stands there twice.
closure-bad-reason = Nothing is saved. Line { $line }: a reason is needed, one line of up to 80 characters.
closure-bad-many = Nothing is saved. Line { $line }: there are too many days.
closure-bad-empty = Nothing is saved. Line { $line }: there is no day in this file.

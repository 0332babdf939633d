# What members sent, as staff see it.
files-voice = Voice message
files-picture = Picture
files-file = File
files-size = { $kb } kB
files-open = Download
files-unchosen = She has not let a person look at it.
files-wanted = On its way to us.
files-wanted-again = Fetching it failed. We try again.
files-refused = We did not take it: { $why ->
    [too_big] it is too big.
    [wrong_type] it is a kind of file that may do harm or cannot be opened.
    [too_many] too many came in one day.
   *[other] it is not as it should be.
  }
files-failed = It could not be fetched: { $why ->
    [not_found] the provider no longer has it.
    [no_answer] the provider did not answer.
    [no_space] the disk is full.
   *[other] the provider refused.
  } She was asked to send it again.
files-gone = Deleted after 24 hours.
files-until = Deleted on { DATE($at) }.
files-kept = Kept:
files-keep = Keep it
files-keep-why = Why is it needed longer?
files-keep-empty = Write why it is needed longer.
files-keep-gone = It is not here any more.
files-careful = Files of members can do harm. Open them only on a machine that is kept up to date.

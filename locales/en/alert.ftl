# Draft: needs a native reader. Status: docs/translations.md
# What is sent holds no word of hers, no name and no kind of trouble.
alert-told-urgent = Točka: someone waits. Please look now.
alert-told-late = Točka: someone waits a long time. Please look.
alert-told-task = Točka: a task is overdue. Please look.
alert-told-test = Točka: this is a test. Press the button.
alert-look = I look
alert-yours = Thank you. We noted that you look at it.
alert-taken = Thank you. Somebody looks already.
alert-over = This is over. Nobody waits here any more.
alert-linked = This chat is connected. You will be called here when you are on duty.
alert-link-over = This link was used or is too old. Make a new one on the duty page.
alert-title-urgent = Urgent: someone waits
alert-title-late = Someone waits a long time
alert-title-task = A task is overdue
alert-title-test = A test alert
alert-since = Since: { DATE($at) }
alert-language = Language: { $language }
alert-open = Nobody looks yet.
alert-looks = { $name } looks since { TIME($at) }.
alert-closed = This is over. Nobody waits here any more.
alert-to-chat = To the chat
alert-to-tasks = To the tasks
alert-to-duty = To the duty page

# The page and the file of a member's own data. Draft: needs a native reader. Status: docs/translations.md
mine-title = Your file
mine-about = Here you get everything we keep, in one file. The link works once. Anyone who has the file can read it.
mine-get = Download the file
mine-over = This link is over. It works once, for one hour. You can ask for a new one.
mine-made = What we keep about you. Made: { DATE($at) }
mine-at = { DATE($at) }
mine-yes = yes
mine-no = no
mine-section = { $name ->
        [member] About you
        [desk] At the desk
        [agreements] How we may write to you
        [addresses] Where you write from
        [chats] Your chats
        [consents] What you agreed to
        [appointments] Appointments
        [changes] What staff changed in your appointments
        [messages] Messages
        [files] Files
        [notes] Notes of staff
        [tasks] Tasks of staff
        [reminders] Reminders
        [refusals] Staff you do not want
       *[other] { $name }
    } ({ $count })
mine-field = { $name ->
        [language] Language
        [age_band] Age group
        [shared_phone] Who uses the phone
        [write_when] When we may write
        [stopped_at] STOP since
        [keeps_reminders] Reminders in spite of STOP
        [do_not_write] Do not write to this phone
        [danger_at] Last message about danger
        [created_at] Made
        [first_name] First name
        [opened_at] Opened
        [channel] Where we may write
        [phone] Your own phone
        [agreed_at] Agreed
        [account] Channel
        [external_id] Your name on that channel
        [reachable] Can be reached
        [owner] Who has the chat
        [waiting_reason] Why it waits
        [waiting_since] Waiting since
        [urgent] Urgent
        [for_language] Waits for language
        [last_in_at] You wrote last
        [closed_at] Closed
        [at] When
        [purpose] For what
        [given] Your answer was yes
        [wording] Version of the text
        [how] How you said it
        [knows] You knew of it
        [starts_at] Begins
        [ends_at] Ends
        [topic] Topic
        [mode] Way
        [state] State
        [code] Code
        [confirmed_at] You confirmed
        [moved_at] You moved it
        [outgoing] Written by us
        [kind] Kind
        [text] Text
        [sent_at] Sent
        [name] File name
        [content_type] File type
        [size] Size
        [expires_at] Goes away
        [kept_at] Kept since
        [kept_reason] Why it is kept
        [sensitive] Sensitive
        [due_at] Due
        [done_at] Done
        [note] Note
        [decision] Decision
        [reason] Reason
       *[other] { $name }
    }

# Draft: needs a native reader. Status: docs/translations.md
members-title = Her data
members-counts = Messages: { $messages }. Chats: { $chats }. Appointments ahead: { $meetings }.
members-file = All of it in one file
members-file-about = Give it to her only, when she stands before you. We keep no copy. The audit notes that you made it.
members-file-get = Download the file
members-erase = Forget her
members-erase-about = Her chats, notes, files and settings are removed for good, and her appointments ahead are cancelled. Past visits are only counted, without her. Only when she asks for it herself.
members-erase-go = Go on
members-sure = She asked for it herself. It cannot be undone.
members-erase-now = Forget her now
members-not-sure = Mark the line first: she asked for it herself.
members-back = Back
members-erased = Done
members-erased-about = Nothing about her is here any more. The chat on her phone she deletes herself.

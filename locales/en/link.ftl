# Draft: needs a native reader. Status: docs/translations.md
link-open = 🔗 Another chat
link = You write to us on another phone or page too? You can make both chats one.
link-show = Show a code
link-have = I have a code
link-code = { $code }
link-shown = The code is above. Open your other chat: Settings, Another chat, I have a code. Write it there. It works for 10 minutes, once. Show it to nobody.
link-ok = OK
link-enter = Write the code from your other chat.
link-leave = I have no code
link-wrong = That code does not work. Look at the code in your other chat, or show a new one.
link-wait = That were many codes. Please try again in one hour.
link-join = Both chats become one. Appointments and data from here go to the other chat. Anyone who reads one of the two phones sees them. The stricter rules for writing to you hold. Do you want that?
link-yes = Yes, make them one
link-no = No
link-apart = We changed nothing.
link-done = Done. Both chats are one now. Your appointments are in both.

# Draft: needs a native reader. Status: docs/translations.md
quick-hello = Hello. I am a person, not the automatic helper. How can I help?
quick-moment = One moment, please. I am looking for the answer.
quick-more = Please write a little more. What do you need?
quick-come-today = You can come to us: { $address }. Open: { $hours }.
quick-call-us = You can call us: { $phone }.
quick-call-you = May I call you? When is a good time?
quick-when-can-you = Which day and what time is good for you?
quick-need-paper = Please bring the paper with you. We will read it together.
quick-interpreter = Do you want a person who speaks your language?
quick-not-here = We cannot do this here. We will find out who can.
quick-anything-else = Do you need anything else?
quick-bye-bot = I end here now. The automatic helper answers you again. You can ask for a person any time.

# Safety card and what follows it, English. Draft: needs a native reader and a crisis specialist before real use.
# The status of each language is kept in docs/translations.md. Facts: docs/safety.md. Labels at most 20 characters.

safety-card =
    I am an automatic helper. I cannot call anyone.
    In danger now? Call 112 or the police, 113.
    Cannot speak? Send an SMS to 112.
    080 11 55: line for women and children who suffer violence. Day and night, free.
    116 123: someone to talk to. Day and night, free.
    It is not your fault.
safety-show =
    Show this or read it aloud:
    Na pomoč. Govorim angleško. Moj naslov je …
safety-person = I want a person
safety-more = More numbers
safety-other = Something else
safety-numbers =
    080 12 00: police, you do not say your name.
    116 111: line for children and young people.
    031 233 211: crisis centre for women and children.
    112: emergency, also by SMS. 113: police.
safety-person-waiting = We noted that you need a person. A person will write to you here, if that is safe for you. Call { $phone } or come: { $desk }. Open: { $hours }. Nobody reads this chat at night. In danger, call 112.
safety-write = Is it safe to write to this phone?
safety-write-yes = Yes, it is safe
safety-write-some = Only some hours
safety-write-no = No, do not write
safety-write-yes-done = Thank you. We will write only when needed.
safety-write-some-ask = When is it safe?
safety-hours-morning = 8–12
safety-hours-afternoon = 12–16
safety-hours-any = Any time
safety-write-some-done = Thank you. We will write only at this time.
safety-write-no-done = OK. We will not write to you. You can write SOS here any time, or come to { $desk }.
safety-delete-chat = To delete this chat: press and hold it, then Delete.
safety-worry = This is hard. Thank you for writing. A person can talk with you. In danger call 112.
safety-worry-person = I want a person
safety-worry-services = Show help
safety-youth = Are you under 18? Call 116 111. It is a line for children and young people. They listen.

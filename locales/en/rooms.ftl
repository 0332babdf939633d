# Draft: needs a native reader. Status: docs/translations.md
rooms-title = Rooms
rooms-listed = { $place }
rooms-none = No rooms here. Then no meeting needs one, and everything is as it was.
rooms-seats-for = { $count ->
    [one] { $count } seat
   *[other] { $count } seats
}
rooms-step-free = no steps
rooms-change = Change
rooms-change-one = Change { $name }
rooms-close = Close
rooms-close-one = Close { $name }
rooms-closed = Closed rooms
rooms-open = Open again
rooms-open-one = Open { $name } again
rooms-add = Add a room
rooms-name = Name
rooms-name-hint = She reads it with the time of her meeting, also on a locked phone: no topic in it.
rooms-note = Where it is, for example 2nd floor
rooms-seats = Seats
rooms-seats-hint = With the counsellor. A joint meeting needs three.
rooms-step-free-label = No steps on the way to it
rooms-save = Save
rooms-leave = Do not save
rooms-close-hint = A closed room is given to nobody any more. Meetings already booked in it stay in it: you see their times and are asked once more.
rooms-needs = Who meets people in a room
rooms-needs-hint = Holds for meetings in person that are booked from now on; a phone or video talk takes no room. Of several rooms one without steps is given first, then the smallest that fits. Meetings already booked stay as they are.
rooms-need-none = needs no room
rooms-need-any = any room of this site
rooms-need-one = always { $name }
rooms-need-save = Save for { $name }
rooms-without = Saved. { $count ->
    [one] One meeting already booked in person has no room. It stays so until it is moved.
   *[other] { $count } meetings already booked in person have no room. They stay so until they are moved.
}
rooms-out = These booked meetings are in this room
rooms-out-hint = They stay booked, and in this room. Nothing is saved yet. Move them first, or close the room anyway: then nobody new is given it.
rooms-anyway = Close anyway
rooms-leaves-out = Not closed yet: { $count ->
    [one] one booked meeting is in this room.
   *[other] { $count } booked meetings are in this room.
}
rooms-problem-name = Not saved: write a name of up to 40 characters.
rooms-problem-note = Not saved: where it is fits into 60 characters.
rooms-problem-seats = Not saved: seats are a number from 2 to 500.
rooms-problem-twice = Not saved: this site has a room of this name, perhaps a closed one.
rooms-problem-many = Not saved: this site has too many rooms.
rooms-problem-needed = Not closed: somebody always meets people in this room. Choose another room for her below first.
rooms-problem-last = Not closed: it is the last open room, and somebody needs one. Change that below first.
rooms-problem-none = Not saved: there is no open room here. Add one first.
rooms-problem-need = Not saved: choose from the list.
rooms-at = Room: { $room }

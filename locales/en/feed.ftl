# Draft: needs a native reader. Status: docs/translations.md
feed-name = Točka
feed-booked = Booked
feed-title = Your appointments in your own calendar
feed-about = A secret address for the calendar on your phone or computer. It shows when you are booked, never with whom or about what.
feed-make = Make an address
feed-once = Add this address in your calendar as a subscription. You see it only once. Whoever has it sees when you are booked.
feed-since = The address was made on { DATE($at) }.
feed-replace = Make a new address
feed-revoke = End the address
feed-ends = The old address ends when you make a new one.
feed-no-calendar = You take no appointments here, so there is no calendar to show.

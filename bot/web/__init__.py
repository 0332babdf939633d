"""The pages this server shows: the chat, the day, and the health of the machine."""

"""Tables and every query on them; knows nothing of chat, wording or network."""

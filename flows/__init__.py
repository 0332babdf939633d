"""What the bot decides and says; no network, no clock, no environment."""

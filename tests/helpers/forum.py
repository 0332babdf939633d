"""Forum topics as the fake Bot API keeps them."""

from dataclasses import dataclass, field
from typing import Any

STATES = {"closeForumTopic": "closed", "reopenForumTopic": "open"}


@dataclass
class Forum:
    """Thread -> `open` or `closed`; a deleted one is not here."""

    topics: dict[int, str] = field(default_factory=dict)

    def made(self, thread: int, name: str) -> dict[str, Any]:
        """A new topic, as the answer describes it."""
        self.topics[thread] = "open"
        return {"message_thread_id": thread, "name": name, "icon_color": 7322096}

    def problem(self, method: str, params: dict[str, Any]) -> str:
        """What Telegram says of a topic that is not there, or is so already; else the call takes effect."""
        if "message_thread_id" not in params:
            return ""
        thread = int(params["message_thread_id"])
        state = self.topics.get(thread)
        if state is None:
            return "message thread not found" if method == "sendMessage" else "TOPIC_ID_INVALID"
        if STATES.get(method) == state:
            return "TOPIC_NOT_MODIFIED"
        if method == "deleteForumTopic":
            del self.topics[thread]
        elif method in STATES:
            self.topics[thread] = STATES[method]
        return ""

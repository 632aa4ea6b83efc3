"""What a server says of the bytes that it sends: the header Content-Type."""

from __future__ import annotations

from email.message import Message
from typing import NamedTuple


class MediaType(NamedTuple):
    """A type such as ``text/html``, and an encoding; either is empty where it is not given."""

    kind: str
    charset: str

    @classmethod
    def parse(cls, header: str | None) -> MediaType:
        """Take a header apart.

        >>> MediaType.parse("text/html; charset=utf-8")
        MediaType(kind='text/html', charset='utf-8')
        """
        line = " ".join((header or "").split())
        if not line:
            return cls("", "")
        message = Message()
        message["content-type"] = line
        return cls(message.get_content_type(), str(message.get_param("charset") or ""))

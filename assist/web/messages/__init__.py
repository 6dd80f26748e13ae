"""What pages say to people, a catalog per language; a page takes its words from one of them."""

from assist.web.messages.en import EN

__all__ = ["EN"]

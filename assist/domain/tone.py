"""How the company speaks to its customers."""

from typing import Literal

from assist.domain.base import Model

Tone = Literal["plain", "warm", "formal"]


class ToneFile(Model):
    """What tone.yaml holds."""

    tone: Tone = "plain"

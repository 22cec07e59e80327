"""The files of a small record, and what the fixtures of conftest.py hand out."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from index.settings import Home
from index.store import Index

REPORT = """Council adopts the harbour budget

Port Newton, 14 May 2024

A meeting of the harbour council was held on May 13, 2024 in Port Newton.

The council adopted a harbour budget of 4.2 million euros for 2024. Mayor Anna Lindqvist chaired the meeting.

Ferry traffic reached 310,000 passengers in 2023, the council heard. The new quay will open on 1 September 2025.
"""

CALL = """WEBVTT - Weekly harbour call, 20 June 2024

NOTE
Title: Weekly harbour call
Date: 2024-06-20

1
00:00:01.000 --> 00:00:06.000
<v Chair>Good morning. We begin with the dredging of the north channel.

2
00:01:05.000 --> 00:01:12.000
<v Harbour master>The dredging of the north channel removed 18,500 tonnes of sediment.

3
00:01:13.000 --> 00:01:18.000
<v Chair>Thank you. The next call is on Thursday.
"""

HOSTILE = """Hostile lighthouse report

The lighthouse committee approved 77 lamps
<img src=x onerror="window.hacked=1"> ${window.hacked=2} `${window.hacked=3}` {{value}}.

The lighthouse keeper wrote </script><script>window.hacked=4</script>
and <img src="http://192.0.2.7/pixel.png"> in the lighthouse log.

The lighthouse lens was made in \u202eegroF\u202c with \x1b[31mred\x1b[0m glass.
"""


@dataclass(frozen=True, slots=True)
class Record:
    """The indexed files."""

    home: Home
    files: Path
    index: Index


@dataclass(frozen=True, slots=True)
class Finished:
    """What a command left behind."""

    code: int
    out: str
    err: str

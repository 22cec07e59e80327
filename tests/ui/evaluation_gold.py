"""Gold questions on the small record for the tests of the Evaluation page; one of them is hostile."""

from __future__ import annotations

import json

BUDGET = "The council adopted a harbour budget of 4.2 million euros for 2024."
TRICK = (
    '<img src=x onerror="window.hacked=1"> ${window.hacked=2} {{1}} </script><script>window.hacked=3</script> \u202e'
)
GOLD = [
    {
        "id": "budget",
        "kind": "figure",
        "question": "How much is the harbour budget for 2024?",
        "answers": ["4.2 million euros"],
        "evidence": [{"document": "budget.txt", "quote": BUDGET}],
    },
    {
        "id": "mayor",
        "kind": "person",
        "question": "Who chaired the meeting of the harbour council?",
        "answers": ["=Bjørn Nilsen"],  # wrong, and a formula in a spreadsheet
        "evidence": [{"document": "budget.txt", "quote": "Mayor Anna Lindqvist chaired the meeting."}],
    },
    {
        "id": "<b>lamps</b>",
        "kind": "figure",
        "question": f"How many lamps did the lighthouse committee approve? {TRICK}",
        "answers": [TRICK],
        "evidence": [{"document": "hostile.txt", "quote": "The lighthouse committee approved 77 lamps"}],
    },
    {"id": "oslo", "kind": "unanswerable", "question": "What did the airport in Oslo cost?", "refusal": "outside"},
]


def lines(*questions: dict[str, object]) -> bytes:
    return "".join(f"{json.dumps(question)}\n" for question in questions).encode()


MANY = lines(*({**GOLD[0], "id": f"q{number}"} for number in range(400)))

"""What staff ask one after the other, as it is read: no answer is known, the questions alone tell."""

from __future__ import annotations

import pytest

from assistant.conversation import standalone_question

BUSES = "How many buses were electric in Porto in 2023?"
BOARD = "When does the school board of Braga meet next?"
WARDS = "What do the inspectors say about the wards?"
BRIDGE = "how much did the new bridge cost?"
TARGET = "What is the target for online services in 2025?"
PUMPS = "What was the revenue of Ada Pumps in 2023?"
TALK = "what did minister Ada Brook announce at the Porto fair"
LIST = "Who promised the list by 3 May?"
CALL = "when is the next call"
SPENT = "How much did Porto spend on schools in 2022?"
STAFF = "How many people work at the ministry?"
GROWTH = "growth of exports in 2023"
GLOSSARY = "Who is responsible for the glossary?"


@pytest.mark.parametrize(
    ("first", "question", "read"),
    [
        (BUSES, "what about trams?", "How many trams were electric in Porto in 2023?"),
        (BUSES, "did it grow?", "did it grow (buses were electric in Porto in 2023)?"),
        (BUSES, "when was it reported?", "when was it reported (buses were electric in Porto in 2023)?"),
        (BUSES, "what is planned?", "How many buses were electric in Porto in 2023 (planned)?"),
        (BUSES, "how many were ordered?", "how many buses were ordered (Porto)?"),
        (BUSES, "and diesel?", "How many buses were electric in Porto in 2023 (diesel)?"),
        (PUMPS, "and the profit?", "What was the profit of Ada Pumps in 2023?"),
        (PUMPS, "and their exports?", "Exports (Ada Pumps, 2023)?"),
        (PUMPS, "what's the forecast?", "what is the forecast (the revenue of Ada Pumps)?"),
        (PUMPS, "did it rise?", "did the revenue of Ada Pumps rise (2023)?"),
        (PUMPS, "in the second half?", "What was the revenue of Ada Pumps in the second half of 2023?"),
        (SPENT, "per pupil?", "How much did Porto spend on schools in 2022 per pupil?"),
        (SPENT, "and roads?", "How much did Porto spend on roads in 2022?"),
        (SPENT, "how much was planned?", "How much did Porto spend on schools in 2022 (planned)?"),
        (STAFF, "and women?", "How many women work at the ministry?"),
        (STAFF, "and at the agency?", "How many people work at the agency?"),
        (GROWTH, "imports?", "growth of imports in 2023?"),
        (GROWTH, "compared with 2022?", "growth of exports in 2023 compared with 2022?"),
        (TARGET, "and the result for 2024?", "What is the result (online services in 2024)?"),
        (TARGET, "what was it for 2024?", "What is the target for online services in 2024?"),
        (TARGET, "and for dossiers?", "What is the target for dossiers in 2025?"),
    ],
)
def test_a_figure_is_asked_on(first: str, question: str, read: str) -> None:
    """Another thing, time or kind; "it" is the figure and not the town."""
    assert standalone_question(question, [first]) == read


@pytest.mark.parametrize(
    ("first", "question", "read"),
    [
        (BOARD, "and where?", "Where does the school board of Braga meet next?"),
        (BOARD, "what did it decide last time?", "what did the school board of Braga decide last time?"),
        (BOARD, "what is on the agenda?", "what is on the agenda (the school board of Braga)?"),
        (WARDS, "how many did they visit?", "how many did the inspectors visit?"),
        (WARDS, "and about the kitchens?", "What do the inspectors say about the kitchens?"),
        (BRIDGE, "and the old one?", "how much did the old bridge cost?"),
        (BRIDGE, "what about the tunnel?", "how much did the tunnel cost?"),
        (BRIDGE, "who built them?", "who built them (the new bridge)?"),
        (TALK, "when was it", "when was the Porto fair?"),
        (TALK, "what did she say about schools", "what did minister Ada Brook say about schools?"),
        (LIST, "who checks it?", "who checks the list by 3 May?"),
        (LIST, "and the table?", "Who promised the table by 3 May?"),
        (CALL, "where", "Where is the next call?"),
        (CALL, "who prepares it", "who prepares the next call?"),
        (GLOSSARY, "and for the table?", "Who is responsible for the table?"),
        (GLOSSARY, "has she finished?", "has she finished (who is responsible for the glossary)?"),
    ],
)
def test_a_thing_is_asked_on(first: str, question: str, read: str) -> None:
    """What it is, who acts, and what else there is of its sort."""
    assert standalone_question(question, [first]) == read

"""Follow-ups made to stand alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answer import Answer, Citation, Verdict
from assistant.conversation import LONGEST_READ, standalone_question
from assistant.exchange import Exchange

WORDS = """what is the of it they and in 2022 ? . , Nghe An that those there ones who why no i meant not costs
    rate's ’ “ 5% And -- about other this their""".split()


@pytest.mark.parametrize(
    ("history", "question", "standalone"),
    [
        ([], "And in 2022?", "And in 2022?"),
        (["What was the share in 2021?"], "And in 2022?", "What was the share in 2022?"),
        (["What was the share in 2021?"], "And in Hai Duong?", "What was the share in 2021 in Hai Duong?"),
        (["What was the rate in Nghe An?"], "and in Hai Duong?", "What was the rate in Hai Duong?"),
        (["What was the share in 2021?"], "Who chaired the meeting?", "Who chaired the meeting?"),
        (
            ["What was the revenue in 2024?"],
            "By how much did that grow?",
            "By how much did that grow (the revenue in 2024)?",
        ),
    ],
)
def test_a_follow_up_takes_what_it_lacks_from_the_question_before(
    history: list[str], question: str, standalone: str
) -> None:
    """Period and place are exchanged, a reference is explained, a question of its own is left alone."""
    assert standalone_question(question, history) == standalone


def test_a_chain_of_follow_ups_is_completed_from_the_first_question() -> None:
    """Each turn is read through the ones before it."""
    history = ["What was the rate in 2021?", "And in 2022?"]
    assert standalone_question("And in Hai Duong?", history) == "What was the rate in 2022 in Hai Duong?"


def test_a_question_of_its_own_is_left_alone() -> None:
    """ "Are there" and "this year" point at nothing that was said before."""
    before = ["Who chaired the meeting?"]
    for question in ("How many databases are there in total?", "Which target did the committee set this year?"):
        assert standalone_question(question, before) == question


def test_a_conversation_of_any_length_is_read() -> None:
    """A thousand turns are no fault."""
    assert standalone_question("And in 2022?", ["What was the share in 2021?"] * 1200) == "What was the share in 2022?"


REVENUE = "What was the revenue in 2024?"
RATE = "What was the online dossier rate in Nghe An in 2024?"


@pytest.mark.parametrize(
    ("history", "question", "standalone"),
    [
        ([REVENUE], "How did it grow?", "How did the revenue in 2024 grow?"),
        (["What is the Galileo system?"], "What are its costs?", "What are the Galileo system’s costs?"),
        (["What are supertankers?"], "How do they work?", "How do supertankers work?"),
        (
            ["Who is the Minister of Information and Communications?"],
            "When was he appointed?",
            "When was the Minister of Information and Communications appointed?",
        ),
        (
            ["When was the Tokyo conference on data held?"],
            "Who spoke at that conference?",
            "Who spoke at the Tokyo conference?",
        ),
        (["What is the Lewis and Clark expedition?"], "Who paid for the expedition?", None),
        (["What is Rock City?"], "Who works there?", "Who works there (Rock City)?"),
        (["Who chaired the session?"], "What did she say?", "What did she say (who chaired the session)?"),
        (
            ["How many officials were trained in 2023?"],
            "How many of them were women?",
            "How many of them were women (officials were trained in 2023)?",
        ),
        (["What is the budget of the project?"], "and who approved it?", "Who approved the project?"),
    ],
)
def test_what_points_back_is_put_into_words(history: list[str], question: str, standalone: str | None) -> None:
    """By number and person; where it does not fit into the sentence, it is added in brackets."""
    standalone = standalone or "Who paid for the Lewis and Clark expedition?"
    assert standalone_question(question, history) == standalone


@pytest.mark.parametrize(
    ("question", "standalone"),
    [
        ("and nationally?", "What was the online dossier rate nationally in 2024?"),
        ("In 2022?", "What was the online dossier rate in Nghe An in 2022?"),
        ("Hai Duong?", "What was the online dossier rate in Hai Duong in 2024?"),
        ("No, I meant the target.", "What was the online dossier target in Nghe An in 2024?"),
        ("Sorry, I meant Hai Duong", "What was the online dossier rate in Hai Duong in 2024?"),
        ("Why?", "Why (the online dossier rate in Nghe An in 2024)?"),
        ("Who said so?", "Who said so (the online dossier rate in Nghe An in 2024)?"),
        ("Show me the source", "Show me the source (the online dossier rate in Nghe An in 2024)?"),
        ("What about costs?", "What about costs (the online dossier rate in Nghe An in 2024)?"),
    ],
)
def test_what_is_left_out_is_taken_from_the_question_before(question: str, standalone: str) -> None:
    """Ellipsis, a correction, a bare question word, another side of the same thing."""
    assert standalone_question(question, [RATE]) == standalone


def test_brackets_are_never_nested() -> None:
    """What was added to a turn is carried on beside its own words."""
    history = ["What is the one-stop shop?", "What are the costs?", "Why?", "Who said so?"]
    standalone = standalone_question("Why?", history)
    assert standalone.count("(") == standalone.count(")") == 1
    assert "costs" in standalone and "one-stop shop" in standalone


def test_the_topic_of_most_turns_is_kept() -> None:
    """A side glance at one name does not replace what the conversation is about."""
    history = ["What is Chattanooga famous for?", "What is there to do in Chattanooga?", "Who was Bessie Smith?"]
    assert standalone_question("Are there any famous foods?", history) == "Are there any famous foods (Chattanooga)?"


@pytest.mark.parametrize(
    "question",
    [
        "What is GDP per capita in Vietnam?",
        "What is the population of Hanoi?",
        "How many of its goals has Nghe An met?",
        "What is Rock City, and why is it famous?",
        "Is it possible to reduce the number of forms?",
        "What is ketosis?",
        "So, which target did Da Nang set for households?",
    ],
)
def test_a_change_of_topic_inherits_nothing(question: str) -> None:
    """A question with its own things is unchanged, though it holds "it", "its" or "so"."""
    assert standalone_question(question, [REVENUE]) == question


def test_a_remark_changes_nothing() -> None:
    """Thanks are no topic, and are not completed."""
    assert standalone_question("Thank you!", [REVENUE]) == "Thank you!"
    assert standalone_question("And in 2023?", [REVENUE, "Thank you!"]) == "What was the revenue in 2023?"
    assert standalone_question("", [REVENUE]) == ""
    assert standalone_question("Why?", ["", "???"]) == "Why?"


def test_a_long_question_is_left_alone() -> None:
    """It says itself what it is about."""
    long = "Why is it so? " * (LONGEST_READ // 10)
    assert standalone_question(long, [REVENUE]) == " ".join(long.split())


@given(
    st.lists(st.lists(st.sampled_from(WORDS), max_size=8).map(" ".join), max_size=5),
    st.lists(st.sampled_from(WORDS), max_size=8).map(" ".join),
)
def test_any_words_are_read(history: list[str], question: str) -> None:
    """Never a fault, never empty brackets; without history the question itself."""
    assert "()" not in standalone_question(question, history)
    assert standalone_question(question) == question


def told(question: str, short: str | None, quote: str, *, speaker: str = "") -> Exchange:
    """A turn with its answer: a short answer in a quote of the "Spring session of the board"."""
    title = "Spring session of the board"
    citation = Citation(
        1, "d", "d.txt", title, None, None, "", "d.txt", quote, 0, len(quote), speaker, None, Verdict.EXACT
    )
    return Exchange(question, answer=Answer(question, question, "", short, (), (citation,)))


@pytest.mark.parametrize(
    ("turn", "question", "standalone"),
    [
        (
            told("Who presented the results of Kestrel Pumps?", "Mara Lind", "Mara Lind presented the results."),
            "What revenue does she expect for 2024?",
            "What revenue does Mara Lind expect for 2024?",
        ),
        (
            told("Which town has the most visitors?", "Porto", "Porto has the most."),
            "How many people live there?",
            "How many people live there (Porto)?",
        ),
        (
            told("How many visitors came?", "402,000", "402,000 came."),
            "When was that meeting held?",
            "When was that meeting held (Spring session of the board)?",
        ),
        (
            told("How many visitors came?", "402,000", "402,000 came."),
            "Who chaired the meeting?",
            "Who chaired the meeting (Spring session of the board)?",
        ),
        (
            told("What was decided on parking?", None, "It stays free.", speaker="Chair"),
            "What else did he say?",
            "What else did Chair say (decided on parking)?",
        ),
        (
            told("How much did the share rise?", "67%", "It rose by 67%."),
            "Who doubts this figure?",
            "Who doubts 67% (the share rise)?",
        ),
    ],
)
def test_a_follow_up_may_point_at_the_answer(turn: Exchange, question: str, standalone: str) -> None:
    """At the person or thing that was asked for, the figure, the speaker, the meeting."""
    assert standalone_question(question, [turn]) == standalone


@pytest.mark.parametrize(
    ("history", "question", "standalone"),
    [
        (["How full was it in the first half of 2023?"], "second half?", "How full was it in the second half of 2023?"),
        (["What was the debt in 2023?"], "the year before?", "What was the debt in 2022?"),
        (["What was the dropout rate in Porto?"], "in Faro?", "What was the dropout rate in Faro?"),
        (["What was the dropout rate in Porto?"], "no, Faro", "What was the dropout rate in Faro?"),
        (["Who checks the count?"], "by when?", "By when (who checks the count)?"),
        (["How many localities issued a plan?"], "and how many ministries?", "How many ministries issued a plan?"),
        (["How many buses did the city run?"], "not the city, the region", "How many buses did the region run?"),
        (
            ["What was the share in Porto in 2023?"],
            "and the target?",
            "What was the target (the share in Porto)?",
        ),
        (
            ["What was the share in 2023?", "and the target?"],
            "was it reached?",
            "was the target reached (the share in 2023)?",
        ),
        (["What did the Analyst promise?"], "when is it due?", "when is it due (the Analyst promise)?"),
        (["What was the share in 2023?"], "what was it in 2024?", "What was the share in 2024?"),
        (
            ["How many permits were issued?"],
            "and how many were revoked?",
            "How many permits were revoked?",
        ),
    ],
)
def test_what_changes_is_exchanged(history: list[str], question: str, standalone: str) -> None:
    """Parts of a year, unknown places, counted things, kinds; what acts is no "it"."""
    assert standalone_question(question, history) == standalone


def test_long_conversations_are_read_the_same_from_their_questions_again() -> None:
    """What was read before is remembered, never changed by what follows."""
    history = [REVENUE, *("And in 2022?" if turn % 2 else "And in 2023?" for turn in range(40))]
    assert [standalone_question("and in Porto?", history[:end]) for end in (41, 2, 41)] == [
        "What was the revenue in 2022 in Porto?",
        "What was the revenue in 2023 in Porto?",
        "What was the revenue in 2022 in Porto?",
    ]


def answered(question: str, short: str, quote: str) -> Exchange:
    """A question with its answer from one quote."""
    citation = Citation(
        1, "d", "d.txt", "A report", None, None, "", "d.txt", quote, 0, len(quote), "", None, Verdict.EXACT
    )
    return Exchange(question, answer=Answer(question, question, "", short, (), (citation,)))


def test_a_new_thing_after_a_comparison_is_asked_of_the_figure_before() -> None:
    """ "is that more?" was about an answer; what is asked on is the question that had it."""
    history = ["How many visits did the library count in 2023?", "is that more than in 2022?"]
    assert standalone_question("and the pools?", history) == "How many visits did the pools count in 2023?"


def test_a_thing_that_no_answer_speaks_of_opens_another_topic() -> None:
    """The bridge is not the library's."""
    history = [answered("How many visits did the library count?", "402,000", "The library counted 402,000 visits.")]
    assert standalone_question("When was the bridge repaired?", history) == "When was the bridge repaired?"
    assert standalone_question("When was the library opened?", history) == "When was the library opened?"


def test_names_are_written_as_the_answer_writes_them() -> None:
    """A tired user writes small letters."""
    history = [answered("who led in porto", "Ada Brook", "In Porto and Braga the talks were led by Ada Brook.")]
    assert standalone_question("and in braga?", history) == "who led in Braga?"


@pytest.mark.parametrize(
    ("history", "question", "standalone"),
    [
        (["How much food is thrown away?"], "was it more in 2022?", "was it more in 2022 (food is thrown away)?"),
        (
            ["How much wind power is there in Porto?", "how much of it is new?"],
            "and oil?",
            "How much oil is there in Porto?",
        ),
        (["What was the revenue of Ada Pumps?"], "how many employees?", "How many employees (Ada Pumps)?"),
        (
            ["What was the revenue of Ada Pumps in 2023?"],
            "the whole company?",
            "What was the revenue of the whole company in 2023?",
        ),
        (
            ["Who spoke at the Porto conference?"],
            "who was in the chair there?",
            "who was in the chair there (the Porto conference)?",
        ),
        (["How many lunches a day are served?"], "who serves them?", "who serves them (lunches a day are served)?"),
    ],
)
def test_a_figure_is_not_its_owner(history: list[str], question: str, standalone: str) -> None:
    """What is measured, whose it is and when are taken over each by itself."""
    assert standalone_question(question, history) == standalone


@pytest.mark.parametrize(
    ("history", "question", "standalone"),
    [
        (["What was the price in Porto in 2021?"], "now?", "What was the price in Porto now?"),
        (["What was the price in Porto?"], "since 2021?", "What was the price in Porto since 2021?"),
        (["What did she say about jobs?"], "and about costs?", "What did she say about costs?"),
        (["How many were trained in 2022?"], "sorry 2021", "How many were trained in 2021?"),
        (
            ["How much power will there be in Porto?"],
            "what does the country want",
            "How much power will there be in the country (want)?",
        ),
        (
            ["Did Porto reach its target in 2023?"],
            "by how much did they miss it",
            "by how much did Porto miss it (Did Porto reach its target in 2023)?",
        ),
    ],
)
def test_short_questions_keep_what_they_do_not_name(history: list[str], question: str, standalone: str) -> None:
    """However they are put."""
    assert standalone_question(question, history) == standalone


def test_a_question_without_its_mark_is_no_remark() -> None:
    """Only thanks and praise are."""
    history = ["Which office was asked for the date?"]
    assert standalone_question("have they answered", history) != "have they answered"
    assert standalone_question("great", history) == "great"

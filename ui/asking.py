"""A question of the page: asked with its conversation, shown as it is answered, kept on the desk.

Gives Patches, each the newest look of one turn or of the whole conversation. Whose conversation it is
is checked at the desk, at every step. Knows nothing of Gradio.

>>> # for patch in asked(context, "", "", "Who chaired the meeting?"): show(patch)
"""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.answer import Answer
from assistant.desk_answers import content_hashes
from assistant.desk_conversations import StoredExchange
from assistant.exchange import Exchange
from assistant.progress import Found, Said
from assistant.standing import Standing, standing_of
from assistant.suggestions import follow_ups, openings
from corpus.errors import InputError, RapporteurError
from ui.page import turn_answered, turn_failed, turn_found, turn_waiting
from ui.page_cards import Sources
from ui.page_context import PageContext
from ui.page_greeting import examples_for, greeting

__all__ = ["Patch", "asked", "feedback", "next_questions", "opened"]

FOLLOW_UPS, OPENINGS = 3, 4  # questions offered


@dataclass(frozen=True, slots=True)
class Patch:
    """What the page has to show anew."""

    conversation: str  # id; "" while nothing is kept of it
    html: str
    turn: int | None = None  # of which turn the HTML is; None for the whole conversation
    done: bool = True  # whether nothing more comes


def opened(context: PageContext, user: str, conversation_id: str) -> Patch:
    """A conversation as it was; "" is a new one. Raises InputError when this user has none with the id."""
    if not conversation_id:
        return Patch("", greeting(context.index.catalog))
    kept = context.desk.conversations.exchanges(conversation_id, user=user)
    turns = [_kept_turn(context, user, number, stored) for number, stored in enumerate(kept, start=1)]
    return Patch(conversation_id, "".join(turns) or greeting(context.index.catalog))


def asked(
    context: PageContext, user: str, conversation_id: str, question: str, *, turn: int | None = None
) -> Iterator[Patch]:
    """The answer to `question` as it comes; it is kept when it is complete.

    `turn` names the turn that the question takes the place of, with all that followed it; None for one
    more. Raises InputError when this user has no such conversation.
    """
    conversations = context.desk.conversations
    kept = conversations.exchanges(conversation_id, user=user) if conversation_id else []
    kept = kept if turn is None else kept[: max(turn - 1, 0)]
    number = len(kept) + 1
    yield Patch(conversation_id, turn_waiting(number, question), number, done=False)
    try:
        with context.turnstile.passing():
            answer = yield from _answering(context, conversation_id, number, question, kept)
    except RapporteurError as error:
        yield Patch(conversation_id, turn_failed(number, question, str(error)), number)
        return
    kept_in = conversation_id or conversations.begin(user=user).id
    if turn is not None and conversation_id:
        conversations.cut(kept_in, number, user=user)
    exchange = Exchange(question, answer.standalone_question, answer)
    conversations.add(kept_in, exchange, content_hashes(answer, context.index.catalog), user=user)
    yield Patch(kept_in, turn_answered(number, answer, _sources(context, answer)), number)


def _answering(
    context: PageContext, conversation_id: str, number: int, question: str, kept: Sequence[StoredExchange]
) -> Generator[Patch, None, Answer]:
    """Patches while the answer is made; returns the answer."""
    found = None
    said: list[Said] = []
    patch = None
    for step in context.assistant.answering(question, history=[stored.exchange for stored in kept]):
        if isinstance(step, Answer):
            if patch:
                yield patch  # who has stopped the question meanwhile is noticed here, before anything is kept
            return step
        if isinstance(step, Found):
            found = step
        else:
            said.append(step)
        if found:
            sources = _known(context, [ranked.passage.document_id for ranked in found.passages])
            patch = Patch(conversation_id, turn_found(number, question, found, said, sources), number, done=False)
            yield patch
    raise AssertionError("answering ends with an Answer")


def _kept_turn(context: PageContext, user: str, number: int, stored: StoredExchange) -> str:
    answer = stored.exchange.answer
    if answer is None or stored.answer_id is None:
        return turn_failed(number, stored.exchange.question, "No answer was kept.")
    said = context.desk.feedback.of(stored.answer_id, user=user)
    hashes = stored.content_hashes
    cited = [*answer.citations, *answer.nearest]
    known = context.index.catalog.stored({citation.document_id for citation in cited})
    standings = {}
    for citation in cited:
        document, then = known.get(citation.document_id), hashes.get(citation.document_id, "")
        if document is None or document.content_hash != then:
            standings[citation.document_id, citation.start] = standing_of(citation, then, context.index.catalog)
    sources = _sources(context, answer, standings)
    return turn_answered(number, answer, sources, helpful=said.helpful if said else None)


def _sources(
    context: PageContext, answer: Answer, standings: Mapping[tuple[str, int], Standing] | None = None
) -> Sources:
    """What is known now of the documents that an answer was read from."""
    ids = {ranked.passage.document_id for ranked in answer.passages}
    ids |= {citation.document_id for citation in (*answer.citations, *answer.nearest)}
    return _known(context, sorted(ids), standings)


def _known(
    context: PageContext, ids: Sequence[str], standings: Mapping[tuple[str, int], Standing] | None = None
) -> Sources:
    return Sources(context.index.catalog.stored(ids), date.today(), standings or {})


def next_questions(context: PageContext, user: str, conversation_id: str) -> Iterator[tuple[int, str]]:
    """Questions to go on with, each with the number of the turn that it follows; 0 where nothing was asked yet."""

    def may_go_on() -> bool:
        return context.turnstile.is_idle  # who asks something comes first

    if not conversation_id:
        names = [document.name for document in context.index.catalog.documents()]
        if not examples_for(names):
            offered = openings(context.assistant, count=OPENINGS, may_go_on=may_go_on)
            yield from ((0, question) for question in offered)
        return
    kept = context.desk.conversations.exchanges(conversation_id, user=user)
    turns = [stored.exchange for stored in kept]
    further = follow_ups(context.assistant, turns, count=FOLLOW_UPS, may_go_on=may_go_on)
    yield from ((len(turns), question) for question in further)


def feedback(context: PageContext, user: str, conversation_id: str, turn: int, *, helpful: bool, reason: str) -> None:
    """Keep what a user says of the answer of a turn. Raises InputError when they have no such turn."""
    kept = context.desk.conversations.exchanges(conversation_id, user=user)
    if not 1 <= turn <= len(kept) or kept[turn - 1].answer_id is None:
        raise InputError(f"This conversation has no answer {turn}. Open it again.")
    context.desk.feedback.add(kept[turn - 1].answer_id or "", helpful=helpful, reason=reason, user=user)

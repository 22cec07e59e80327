"""The tables of the desk, as the steps that lead to them: step n makes format n out of format n - 1.

A step that was released is never changed; what comes later is a step of its own at the end. What
reviewers wrote can be added to and never changed, which the tables themselves see to.
"""

from __future__ import annotations

__all__ = ["APPLICATION_ID", "STEPS"]

APPLICATION_ID = 0x52617070  # "Rapp", in the file's header: tells a desk from any other SQLite file

_ANSWERS = (
    """CREATE TABLE answers (
        id TEXT PRIMARY KEY, given TEXT NOT NULL, run TEXT NOT NULL, question_id TEXT NOT NULL, question TEXT NOT NULL,
        refused INTEGER NOT NULL, body TEXT NOT NULL, content_hashes TEXT NOT NULL)""",
    "CREATE UNIQUE INDEX answers_by_run ON answers (run, question_id) WHERE run != ''",
    "CREATE INDEX answers_by_time ON answers (given)",
    # What can be judged: each statement, or the refusal.
    """CREATE TABLE statements (
        answer_id TEXT NOT NULL REFERENCES answers ON DELETE CASCADE, position INTEGER NOT NULL, text TEXT NOT NULL,
        PRIMARY KEY (answer_id, position)) WITHOUT ROWID""",
)
_CONVERSATIONS = (
    """CREATE TABLE conversations (
        row INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, user TEXT NOT NULL, name TEXT NOT NULL, within TEXT NOT NULL,
        created TEXT NOT NULL, updated TEXT NOT NULL)""",
    "CREATE INDEX conversations_by_user ON conversations (user, updated)",
    """CREATE TABLE exchanges (
        conversation INTEGER NOT NULL REFERENCES conversations ON DELETE CASCADE, position INTEGER NOT NULL,
        id TEXT NOT NULL UNIQUE, asked TEXT NOT NULL, question TEXT NOT NULL, standalone_question TEXT NOT NULL,
        answer_id TEXT REFERENCES answers, PRIMARY KEY (conversation, position)) WITHOUT ROWID""",
    "CREATE INDEX exchanges_by_answer ON exchanges (answer_id)",
    """CREATE VIRTUAL TABLE conversation_words USING fts5 (
        title, questions, tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3')""",
)
_FEEDBACK = (
    """CREATE TABLE feedback (
        row INTEGER PRIMARY KEY AUTOINCREMENT, answer_id TEXT NOT NULL REFERENCES answers ON DELETE CASCADE,
        user TEXT NOT NULL, helpful INTEGER NOT NULL, reason TEXT NOT NULL, given TEXT NOT NULL)""",
    "CREATE INDEX feedback_by_answer ON feedback (answer_id, user)",
)
_REVIEWS = (
    """CREATE TABLE reviews (
        row INTEGER PRIMARY KEY AUTOINCREMENT, answer_id TEXT NOT NULL, position INTEGER NOT NULL,
        author TEXT NOT NULL, verdict TEXT NOT NULL, cause TEXT NOT NULL, note TEXT NOT NULL, given TEXT NOT NULL,
        corrected_document_id TEXT, corrected_start INTEGER, corrected_end INTEGER, corrected_quote TEXT,
        FOREIGN KEY (answer_id, position) REFERENCES statements)""",
    "CREATE INDEX reviews_by_statement ON reviews (answer_id, position, author)",
    """CREATE TRIGGER reviews_are_never_changed BEFORE UPDATE ON reviews
        BEGIN SELECT RAISE(ABORT, 'a review is never changed: add another'); END""",
    """CREATE TRIGGER reviews_are_never_deleted BEFORE DELETE ON reviews
        BEGIN SELECT RAISE(ABORT, 'a review is never deleted: add another'); END""",
)
_GOLD = (
    """CREATE TABLE gold_candidates (
        row INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, answer_id TEXT REFERENCES answers,
        author TEXT NOT NULL, proposed TEXT NOT NULL, body TEXT NOT NULL)""",
    """CREATE TABLE gold_decisions (
        row INTEGER PRIMARY KEY AUTOINCREMENT, candidate_id TEXT NOT NULL REFERENCES gold_candidates (id),
        state TEXT NOT NULL, author TEXT NOT NULL, decided TEXT NOT NULL)""",
    "CREATE INDEX gold_decisions_by_candidate ON gold_decisions (candidate_id)",
)

STEPS: tuple[tuple[str, ...], ...] = (_ANSWERS + _CONVERSATIONS + _FEEDBACK + _REVIEWS + _GOLD,)

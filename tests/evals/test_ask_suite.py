"""The suite's command line: what it asks is what the folder holds now."""

from __future__ import annotations

import json

from evals.ask_suite import main
from index.settings import Home, IndexSettings
from index.store import open_index


def test_an_index_of_before_is_brought_up_to_date(tmp_path, capsys):
    """Files that are new, changed or gone since the last run are so in the index that is asked."""
    articles, gold, home = tmp_path / "articles", tmp_path / "gold.jsonl", tmp_path / "home"
    articles.mkdir()
    question = {"id": "q", "kind": "figure", "question": "How many designs did the jury choose?", "answers": ["12"]}
    gold.write_text(json.dumps(question | {"originals": ["new.txt"]}) + "\n")
    arguments = ["--home", str(home), "--seeds", str(articles), "--gold", str(gold), "--brief"]
    (articles / "old.txt").write_text("The jury met on 3 May 2021. The jury chose 7 designs.")
    assert main(arguments) == 0
    (articles / "old.txt").unlink()
    (articles / "new.txt").write_text("The jury met on 4 May 2021. The jury chose 12 designs.")
    assert main(arguments) == 0
    documents = open_index(Home(home), IndexSettings()).catalog.documents()
    assert [document.name for document in documents] == ["new.txt"]

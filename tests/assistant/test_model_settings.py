"""Which model is set: from the environment, checked, and never shown with its key."""

from __future__ import annotations

import pytest

from assistant.model_settings import DEFAULT_SECONDS, ModelSettings
from corpus.errors import InputError

VARIABLES = ("RAPPORTEUR_MODEL_URL", "RAPPORTEUR_MODEL", "RAPPORTEUR_MODEL_KEY", "RAPPORTEUR_MODEL_SECONDS")


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch):
    for variable in VARIABLES:
        monkeypatch.delenv(variable, raising=False)


def test_no_model_is_the_normal_case():
    """Nothing set, nothing used."""
    assert ModelSettings.from_environment() is None


def test_what_is_set_is_read(monkeypatch):
    """Address, name, key and time."""
    for variable, value in zip(VARIABLES, ("https://models.example/v1/", "big", "sk-1", "12.5"), strict=True):
        monkeypatch.setenv(variable, value)
    assert ModelSettings.from_environment() == ModelSettings("https://models.example/v1/", "big", "sk-1", 12.5)


def test_the_time_need_not_be_set(monkeypatch):
    """There is one that fits most."""
    monkeypatch.setenv("RAPPORTEUR_MODEL_URL", "http://localhost:11434")
    monkeypatch.setenv("RAPPORTEUR_MODEL", "small")
    settings = ModelSettings.from_environment()
    assert settings is not None
    assert settings.seconds == DEFAULT_SECONDS


@pytest.mark.parametrize(("missing", "told"), [(0, "RAPPORTEUR_MODEL_URL"), (1, "RAPPORTEUR_MODEL")])
def test_half_a_setting_is_told(monkeypatch, missing, told):
    """The message names the variable that is missing."""
    values = ["http://localhost:11434", "small"]
    for position, variable in enumerate(VARIABLES[:2]):
        if position != missing:
            monkeypatch.setenv(variable, values[position])
    with pytest.raises(InputError, match=told):
        ModelSettings.from_environment()


@pytest.mark.parametrize(
    "url",
    ["localhost:11434", "ftp://models.example", "http://", "http://me:pass@models.example", "http://m.example?k=1"],
)
def test_what_is_no_address_is_told(url):
    """With the address, and without a password that stands in it."""
    with pytest.raises(InputError, match="RAPPORTEUR_MODEL_URL") as raised:
        ModelSettings(url, "small")
    assert "pass" not in str(raised.value)


@pytest.mark.parametrize("seconds", [0, -1, 1e9, float("nan")])
def test_what_is_no_time_is_told(seconds):
    """Neither none nor endless."""
    with pytest.raises(InputError, match="RAPPORTEUR_MODEL_SECONDS"):
        ModelSettings("http://localhost", "small", seconds=seconds)


def test_a_time_in_words_is_told(monkeypatch):
    """As it was written."""
    for variable, value in zip(VARIABLES, ("http://localhost", "small", "", "soon"), strict=True):
        monkeypatch.setenv(variable, value)
    with pytest.raises(InputError, match="soon"):
        ModelSettings.from_environment()


def test_the_key_is_not_shown():
    """Not even when the settings are printed."""
    assert "sk-secret" not in repr(ModelSettings("http://localhost", "small", "sk-secret"))


def test_a_key_with_a_line_break_is_told_and_not_shown():
    """It could end a header; the message does not repeat it."""
    with pytest.raises(InputError, match="RAPPORTEUR_MODEL_KEY") as raised:
        ModelSettings("http://localhost", "small", "sk-secret\nX-Evil: 1")
    assert "secret" not in str(raised.value)


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("http://localhost:11434", "http://localhost:11434/v1"),
        ("http://localhost:11434/", "http://localhost:11434/v1"),
        ("https://models.example/openai/v1/", "https://models.example/openai/v1"),
    ],
)
def test_the_protocols_path_is_added_where_none_is(url, address):
    """As the makers of most servers print it, with or without /v1."""
    assert ModelSettings(url, "small").address == address


@pytest.mark.parametrize(
    ("url", "here"),
    [("http://localhost", True), ("http://127.0.0.2:1", True), ("http://[::1]:1", True), ("http://192.0.2.1", False)],
)
def test_a_server_on_this_machine_is_known(url, here):
    """A proxy is not to hear of it."""
    assert ModelSettings(url, "small").is_on_this_machine is here

"""Configuration files: found, read, laid over each other, and refused with file, line and cure."""

from __future__ import annotations

from pathlib import Path

import pytest

from normalize.config import Config
from normalize.config_file import read_config
from normalize.config_search import ConfigFinder
from normalize.errors import ConfigError
from normalize.globs import matches
from normalize.rules import RULES

FULL = """\
profile = "uk-national"
extend = ["my-places.tsv"]
allow = ["Kiev", "Lvov"]
exclude = ["vendor/", "*.po"]
fixes = "unsafe"

[rules]
"toponym-former" = "off"

[[per-path]]
paths = ["docs/**"]
allow = ["Odessa"]
rules = { toponym-former = "safe" }

[[per-path]]
paths = ["history.md"]
profile = "other"
ignore = ["toponym-variant"]
"""


def written(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def config_of(tmp_path: Path, text: str) -> Config:
    config = read_config(written(tmp_path / "normalize.toml", text))
    assert config is not None
    return config


def test_all_keys(tmp_path: Path) -> None:
    (tmp_path / "my-places.tsv").touch()
    config = config_of(tmp_path, FULL)
    assert config.settings.profile == "uk-national"
    assert config.settings.extend == (tmp_path / "my-places.tsv",)
    assert config.settings.fixes == "unsafe"
    assert config.excludes(tmp_path / "vendor" / "a" / "b.md")
    assert config.excludes(tmp_path / "deep" / "uk.po")
    assert not config.excludes(tmp_path / "a.md")
    plain = config.settings_for(tmp_path / "a.md")
    assert plain == config.settings
    docs = config.settings_for(tmp_path / "docs" / "x" / "a.md")
    assert docs.allow == ("Kiev", "Lvov", "Odessa")
    assert dict(docs.rules) == {"toponym-former": "safe"}
    history = config.settings_for(tmp_path / "docs" / "history.md")
    assert history.profile == "other"
    assert history.profile_from == f"{tmp_path / 'normalize.toml'}:17"
    assert dict(history.rules) == {"toponym-former": "safe", "toponym-variant": "off"}
    assert hash(history) == hash(config.settings_for(tmp_path / "docs" / "history.md"))


def test_nearest_file_wins(tmp_path: Path) -> None:
    written(tmp_path / "normalize.toml", 'allow = ["outer"]')
    written(tmp_path / "a" / "pyproject.toml", '[project]\nname = "normalize-user"\n')
    written(tmp_path / "b" / "pyproject.toml", '[tool.normalize]\nallow = ["inner"]\n')
    written(tmp_path / "c" / "pyproject.toml", '[tool.normalize]\nallow = ["inner"]\n')
    written(tmp_path / "c" / "normalize.toml", 'allow = ["beside"]')
    find = ConfigFinder()
    assert find(tmp_path).settings.allow == ("outer",)
    assert find(tmp_path / "a" / "deep" / "er").settings.allow == ("outer",)
    assert find(tmp_path / "b" / "deep").settings.allow == ("inner",)
    assert find(tmp_path / "c").settings.allow == ("beside",)
    assert find(tmp_path / "b" / ".." / "c").settings.allow == ("beside",)
    assert find(tmp_path / "b" / "deep") is find(tmp_path / "b")


def test_without_a_file() -> None:
    assert Config().settings_for(Path("a.md")).fixes == "safe"
    assert not Config().excludes(Path("a.md"))


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ('profle = "x"', 1, ['"profle"', 'did you mean "profile"?']),
        ("\n\nzzz = 1", 3, ["use one of profile, extend, allow"]),
        ("allow = 3", 1, ['"allow" is not a list of strings', 'allow = ["…"]']),
        ("allow = [3]", 1, ["not a list of strings"]),
        ('profile = "x"\nfixes = "all"', 2, ['"fixes" has the value "all"', '"unsafe"']),
        ('[rules]\nx = 1\ntoponym-varaint = "off"', 2, ['no rule is called "x"']),
        ('[rules]\ntoponym-varaint = "off"', 2, ['did you mean "toponym-variant"?']),
        ('rules = { toponym-variant = "maybe" }', 1, ['"toponym-variant" has the value "maybe"', '"off"']),
        ("rules = 1", 1, ['"rules" is not a table']),
        ('extend = ["none.tsv"]', 1, ['names "none.tsv", which is not a file']),
        ('dictionaries = ["none.txt"]', 1, ["none.txt is not a file", "correct the path"]),
        ('dictionaries = ["hunspell:./none"]', 1, ["none.dic is not a file", "correct the path"]),
        ('allow = []\ndictionaries = ["aspell:uk"]', 2, ["'aspell'", "hunspell:NAME"]),
        ("profile = 1", 1, ['"profile" is not a name']),
        ("per-path = 1", 1, ['"per-path" is not a list of tables']),
        ("per-path = [1]", 1, ["something else than a table"]),
        ('[[per-path]]\nallow = ["x"]', 1, ['"paths" is missing']),
        ('[[per-path]]\npaths = ["x"]\n[[per-path]]\npaths = ["y"]\nalow = ["x"]', 5, ["did you mean"]),
        ('[[per-path]]\npaths = ["x"]\nignore = ["bidi"]', 3, ['no rule is called "bidi"']),
    ],
)
def test_mistakes(tmp_path: Path, text: str, line: int, words: list[str]) -> None:
    for name, head in (("normalize.toml", ""), ("pyproject.toml", "[tool.normalize]\n")):
        body = text if not head else text.replace("[rules]", "[tool.normalize.rules]")
        body = body if not head else body.replace("[[per-path]]", "[[tool.normalize.per-path]]")
        path = written(tmp_path / name, head + body)
        with pytest.raises(ConfigError) as caught:
            read_config(path)
        message = str(caught.value)
        assert "\n" not in message
        assert message.startswith(f"{path}:{line + bool(head)}: ")
        for word in words:
            assert word in message


def test_unreadable(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="no such configuration file"):
        read_config(tmp_path / "none.toml")
    with pytest.raises(ConfigError, match="is not TOML"):
        read_config(written(tmp_path / "normalize.toml", "a = = b"))
    (tmp_path / "normalize.toml").write_bytes(b'allow = ["\xff"]')
    with pytest.raises(ConfigError, match="not UTF-8"):
        read_config(tmp_path / "normalize.toml")
    with pytest.raises(ConfigError, match=r"has no \[tool.normalize\] table"):
        read_config(written(tmp_path / "pyproject.toml", "[project]\n"))


@pytest.mark.parametrize(
    ("glob", "path", "expected"),
    [
        ("*.md", "a.md", True),
        ("*.md", "a/b.md", True),
        ("*.md", "a.mdx", False),
        ("vendor", "a/vendor/x.md", True),
        ("vendor/", "vendor/x.md", True),
        ("vendor", "vendored/x.md", False),
        ("docs/*.md", "docs/a.md", True),
        ("docs/*.md", "docs/a/b.md", False),
        ("docs/**", "docs/a/b.md", True),
        ("docs/**/b.md", "docs/b.md", True),
        ("docs/**/b.md", "docs/a/c/b.md", True),
        ("/a.md", "a.md", True),
        ("/a.md", "b/a.md", False),
        ("./docs/a.md", "docs/a.md", True),
        ("a?.md", "ab.md", True),
        ("a[0-9].md", "a1.md", True),
        ("a[!0-9].md", "a1.md", False),
        ("(x).md", "(x).md", True),
    ],
)
def test_globs(glob: str, path: str, expected: bool) -> None:
    assert matches((glob,), path) is expected


def test_the_rules_are_those_of_the_ruleset() -> None:
    from normalize.rulesets import open_ruleset

    assert set(RULES) == set(open_ruleset("uk-national").levels)

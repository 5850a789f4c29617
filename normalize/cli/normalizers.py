"""From options and configuration to the `Normalizer` that judges a file."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from normalize.config import Config, Settings, normal
from normalize.config_file import ConfigFinder, read_config
from normalize.errors import ConfigError, UnknownProfileError

if TYPE_CHECKING:
    from normalize import Normalizer

DEFAULT_PROFILE = "uk-national"


class Normalizers:
    """Finds the configuration of each path, and keeps one `Normalizer` for equal settings."""

    def __init__(self, options: Namespace) -> None:
        self._profile: str | None = options.profile
        self._find = ConfigFinder()
        self._fixed: Config | None = None
        self._known: dict[Settings, Normalizer] = {}
        if options.no_config:
            if options.config:
                raise ConfigError("--config and --no-config contradict each other; leave one of them out")
            self._fixed = Config()
        elif options.config:
            self._fixed = read_config(Path(options.config))

    def config(self, path: Path) -> Config:
        """The configuration that holds for a file."""
        return self._fixed or self._find(normal(path).parent)

    def settings(self, path: Path) -> Settings:
        """How a file is to be judged; `--profile` goes over every configuration."""
        settings = self.config(path).settings_for(path)
        if self._profile:
            settings = replace(settings, profile=self._profile, profile_from="--profile")
        return settings

    def __call__(self, settings: Settings) -> Normalizer:
        if (known := self._known.get(settings)) is not None:
            return known
        from normalize import Normalizer

        try:
            made = Normalizer(
                profile=settings.profile or DEFAULT_PROFILE,
                extend=settings.extend,
                allow=settings.allow,
                rules=dict(settings.rules) or None,
            )
        except UnknownProfileError as error:
            raise ConfigError(f"{settings.profile_from or 'profile'}: {error}") from error
        self._known[settings] = made
        return made


STDIN = Path("-")
"""How standard input is called in reports; as a path it lies in the current directory."""

"""From options and configuration to what judges a file."""

from __future__ import annotations

import os

from normalize.cli.judges import ReferenceJudge, native_judge
from normalize.config import Config, Settings, normal
from normalize.config_search import ConfigFinder
from normalize.errors import ConfigError, UnknownProfileError
from normalize.shipped import DEFAULT_PROFILE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from normalize import Normalizer
    from normalize.cli.judges import Judge
    from normalize.cli.options import Options

STDIN = "-"
"""How standard input is called in reports; as a path it lies in the current directory."""


class Normalizers:
    """Finds the configuration of each path, and keeps one judge for equal settings."""

    def __init__(self, options: Options) -> None:
        self._profile = options.profile
        self._find = ConfigFinder()
        self._fixed: Config | None = None
        self._judges: dict[Settings, Judge] = {}
        if options.no_config:
            if options.config:
                raise ConfigError("--config and --no-config contradict each other; leave one of them out")
            self._fixed = Config()
        elif options.config:
            from pathlib import Path

            from normalize.config_file import read_config

            self._fixed = read_config(Path(options.config))

    def config_of_files_in(self, directory: str) -> Config:
        """The configuration that holds for what lies in a directory."""
        return self._fixed or self._find(directory)

    def config(self, path: str) -> Config:
        """The configuration that holds for a file."""
        return self._fixed or self._find(os.path.dirname(normal(path)))

    def settings(self, path: str, config: Config | None = None) -> Settings:
        """How a file is to be judged; `--profile` goes over every configuration."""
        settings = (config or self.config(path)).settings_for(path)
        if self._profile:
            settings = settings.replaced(profile=self._profile, profile_from="--profile")
        return settings

    def judge(self, settings: Settings) -> Judge:
        """What judges by these settings. Raises `ConfigError` and the other errors of a `Normalizer`."""
        judge = self._judges.get(settings)
        if judge is None:
            judge = native_judge(settings) or ReferenceJudge(self(settings))
            self._judges[settings] = judge
        return judge

    def __call__(self, settings: Settings) -> Normalizer:
        """The `Normalizer` of the library for these settings."""
        from normalize import Normalizer

        try:
            return Normalizer(
                profile=settings.profile or DEFAULT_PROFILE,
                extend=settings.extend,
                allow=settings.allow,
                rules=dict(settings.rules) or None,
                dictionaries=settings.dictionaries,
            )
        except UnknownProfileError as error:
            raise ConfigError(f"{settings.profile_from or 'profile'}: {error}") from error

"""A mapping as YAML of the kind that our own reader takes: block style, no aliases, long lines left whole."""

from __future__ import annotations

from collections.abc import Mapping

import yaml


class _Dumper(yaml.SafeDumper):
    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002 - the name is that of PyYAML
        """Write every value out."""
        return True


def write_yaml(content: Mapping[str, object]) -> str:
    """Give the text; keys stand in the order given."""
    return yaml.dump(
        dict(content),
        Dumper=_Dumper,
        allow_unicode=True,
        sort_keys=False,
        width=1_000_000,
        default_flow_style=False,
    )

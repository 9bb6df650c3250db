"""Reads and checks the library before anything is built, and hands it to the other hooks.

State belongs on the per-build config object: under ``serve`` a hook file is executed once, while each rebuild makes a new
config. Only this file turns a `DataError` into MkDocs' own error, which ends the build without a traceback.
"""

from __future__ import annotations

import datetime as dt
import os
import time
from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs.exceptions import PluginError

from handbook.composition.site import BEIJING
from handbook.diagnostics import DataError
from handbook.use_cases.prepare import prepare
from handbook.use_cases.publish import Publication

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Put the `Publication` on ``config.extra``; stop the build with every diagnostic when the data have mistakes."""
    started = time.perf_counter()
    if os.environ.get("HANDBOOK_OFFLINE"):
        config.site_url = None  # no canonical links: what is carried about has no address
    if config.repo_url and os.environ.get("EDIT_URI"):
        config.edit_uri = os.environ["EDIT_URI"]  # MkDocs knows the way to an editor on three public hosts only
    project = Path(config.config_file_path).parent
    try:
        publication = Publication(prepare(Path(config.docs_dir), project, build_date()))
    except DataError as error:
        message = f"数据有 {len(error.diagnostics)} 处问题：\n{error}"
        raise PluginError(message) from None
    config.extra["handbook"] = publication
    config.extra["build_date"] = str(publication.site.on)
    config.extra["handbook_assets"] = {
        "search": "assets/search.js",
        **{name: output.address for name, output in publication.search.items()},
        "terms": publication.explanations.address.rpartition("/")[2],
    }
    config.extra["handbook_seconds"] = {"build": started, "hooks": time.perf_counter() - started}
    return config


def build_date() -> dt.date:
    """Give the day of ``SOURCE_DATE_EPOCH``, else today, both at +08:00."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    moment = dt.datetime.fromtimestamp(int(epoch), BEIJING) if epoch else dt.datetime.now(BEIJING)
    return moment.date()

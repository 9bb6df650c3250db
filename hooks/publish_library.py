"""Adds everything that is made from data as virtual files, sets the navigation, and cleans up after the build."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs.exceptions import PluginError
from mkdocs.plugins import get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel

from handbook.renderers.style import combine, lighten
from handbook.use_cases.publish import uris_of

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

    from handbook.use_cases.publish import Publication

STYLE = "assets/handbook.css"
THEME_SCRIPTS = "assets/javascripts/"

log = get_plugin_logger(__name__)


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Append generated pages and files; a clash with a curated file is an error, since MkDocs would only replace it."""
    started = time.perf_counter()
    publication: Publication = config.extra["handbook"]
    nav = publication.navigation()
    shown = set(uris_of(nav))
    for page in publication.pages:
        inclusion = InclusionLevel.INCLUDED if page.uri in shown else InclusionLevel.NOT_IN_NAV
        _append(files, File.generated(config, page.uri, content=page.markdown(), inclusion=inclusion), page.source)
    hidden = publication.site.library.withdrawn()
    for file in files.documentation_pages():
        if file.src_uri.removesuffix(".md") + ".html" in hidden:
            file.inclusion = InclusionLevel.NOT_IN_NAV  # kept, and shown nowhere
    for output in publication.files():
        _append(
            files, File.generated(config, output.address, content=output.content, inclusion=InclusionLevel.INCLUDED)
        )
    _without_theme_scripts(files, config)
    _one_sheet(files, config)
    _light_scripts(files, config)
    config.nav = nav
    config.extra["handbook_seconds"]["hooks"] += time.perf_counter() - started
    return files


def on_post_build(config: MkDocsConfig) -> None:
    """Remove what differs from build to build or needs an address, and say what share of the time was ours."""
    site = Path(config.site_dir)
    unwanted = ["sitemap.xml.gz"]
    if os.environ.get("HANDBOOK_OFFLINE") or not config.site_url:
        unwanted += ["404.html", "sitemap.xml"]
    for name in unwanted:
        (site / name).unlink(missing_ok=True)
    seconds = config.extra["handbook_seconds"]
    whole = time.perf_counter() - seconds["build"]
    log.info("钩子用时 %.2f 秒，占构建 %.2f 秒的 %d%%", seconds["hooks"], whole, round(100 * seconds["hooks"] / whole))


def _without_theme_scripts(files: Files, config: MkDocsConfig) -> None:
    """Leave out the theme's scripts, workers and source maps: no page refers to them (see ``theme/main.html``)."""
    for file in list(files):
        of_theme = file.generated_by is None and file.src_dir != config.docs_dir
        if of_theme and (file.src_uri.startswith(THEME_SCRIPTS) or file.src_uri.endswith(".map")):
            files.remove(file)


def _one_sheet(files: Files, config: MkDocsConfig) -> None:
    """Replace the sheets listed in ``extra_css`` by one."""
    parts = [file for uri in config.extra_css if (file := files.get_file_from_path(str(uri)))]
    content = combine(part.content_string for part in parts)
    for part in parts:
        files.remove(part)
    files.append(File.generated(config, STYLE, content=content))
    config.extra_css = [STYLE]


def _light_scripts(files: Files, config: MkDocsConfig) -> None:
    """Replace our scripts by lighter ones that do the same."""
    for file in [file for file in files if file.src_uri.startswith("assets/") and file.src_uri.endswith(".js")]:
        if file.generated_by is None:  # data come as light as they can be
            files.remove(file)
            files.append(File.generated(config, file.src_uri, content=lighten(file.content_string)))


def _append(files: Files, file: File, source: str = "") -> None:
    if files.get_file_from_path(file.src_uri):
        message = f"{file.src_uri} 与已有的文件重名：请改动数据的编号，或删去手写的那一份"
        raise PluginError(message)
    file.edit_uri = source if source.startswith("_data/") and source.endswith(".yml") else None
    files.append(file)

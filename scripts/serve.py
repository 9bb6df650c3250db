"""Show the site in a browser while it is being edited. The README's first command."""

import _bootstrap

_bootstrap.prepare()

import _cli


def main(arguments):
    # type: (list) -> int
    """Serve until Ctrl+C; mistakes in the data never end it."""
    parser = _cli.Parser("在本机浏览器里看手册；改动文件后自动重新构建、刷新页面。按 Ctrl+C 停止。")
    parser.add_argument(
        "--port", type=_cli.port, default=8000, metavar="N", help="端口，默认 8000；0 表示由系统挑一个空闲的"
    )
    options = parser.parse_args(arguments)
    _bootstrap.enter("runtime")
    import _preview

    return _preview.run(_bootstrap.PROJECT, options.port)


if __name__ == "__main__":
    _cli.run(main)

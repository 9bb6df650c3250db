"""Install what the tests need and run everything that continuous integration runs. The README's second command."""

import _bootstrap

_bootstrap.prepare()

import _cli


def main(arguments):
    # type: (list) -> int
    """Run all parts, each to its end; give 1 where any failed."""
    parser = _cli.Parser("安装测试需要的东西，运行全部测试；持续集成运行的也是这一条命令。")
    parser.parse_args(arguments)
    _bootstrap.enter("dev")
    import _test_parts

    return _test_parts.run(_bootstrap.PROJECT)


if __name__ == "__main__":
    _cli.run(main)

"""The core of the handbook: knows no MkDocs, no clock, no network, no current directory.

Layers, each importing only itself and those below it (``tests/unit/test_layers.py`` enforces it)::

    use_cases → renderers → composition → rules → loading → model → diagnostics
"""

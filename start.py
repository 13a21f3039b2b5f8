"""Where the console script begins: it loads all the others."""

import gc


def main() -> None:
    """Run a verb.

    What is loaded stays: looking for garbage among it would take a sixth of the time.
    """
    gc.disable()
    import cli

    gc.enable()
    cli.main()

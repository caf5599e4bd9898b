"""``python -m sibdsl`` is the command ``sib``."""

import atexit
import gc

from sibdsl.cli import main


def sib() -> None:
    """The command as a process of its own: it ends soon, and what it uses ends with it.

    So nothing is gained by looking for cycles of objects that nobody uses any more, neither now nor,
    once more through all there is, when the interpreter ends: an eighth of a short command.
    """
    gc.disable()
    atexit.register(gc.freeze)
    main(prog_name="sib")


if __name__ == "__main__":
    sib()

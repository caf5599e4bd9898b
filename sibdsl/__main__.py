"""``python -m sibdsl`` is the command ``sib``."""

from sibdsl.cli import main

if __name__ == "__main__":
    main(prog_name="sib")

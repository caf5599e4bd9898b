"""A whole command, against an interpreter that only imports the libraries it needs.

``python -m benchmarks.startup`` prints ratios of processor time (user and system), each the median of
pairs run one right after the other. Modules are compiled beforehand, as an installer leaves them.
"""

import os
import sys
import tempfile
from pathlib import Path
from statistics import median

ROUNDS = 15
ROOT = Path(__file__).parent.parent
PEER = ("-c", "import lark, attrs, click")
COMMANDS = {
    "sib run": ("-m", "sibdsl", "run", "examples/peterborough"),
    "sib check": ("-m", "sibdsl", "check", "examples/peterborough/contract.sib"),
    "sib --version": ("-m", "sibdsl", "--version"),
}


def processor_time(arguments: tuple[str, ...], environment: dict[str, str]) -> float:
    """The time one process takes, all that it prints thrown away."""
    quiet = [
        (os.POSIX_SPAWN_OPEN, stream, os.devnull, os.O_WRONLY, 0)
        for stream in (sys.stdout.fileno(), sys.stderr.fileno())
    ]
    process = os.posix_spawn(
        sys.executable, [sys.executable, *arguments], environment, file_actions=quiet
    )
    _, status, used = os.wait4(process, 0)
    assert status == 0, arguments
    return used.ru_utime + used.ru_stime


def main() -> None:
    """Print how many times as long as the bare imports each command takes."""
    os.chdir(ROOT)
    environment = {key: value for key, value in os.environ.items() if key[:6] != "PYTHON"}
    with tempfile.TemporaryDirectory() as folder:
        environment["PYTHONPYCACHEPREFIX"] = folder
        for arguments in (PEER, *COMMANDS.values()):
            processor_time(arguments, environment)
        for name, arguments in COMMANDS.items():
            pairs = [
                (processor_time(arguments, environment), processor_time(PEER, environment))
                for _ in range(ROUNDS)
            ]
            ratio = median(ours / theirs for ours, theirs in pairs)
            print(f"{name}: {ratio:.2f} times the bare imports")


if __name__ == "__main__":
    main()

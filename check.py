"""Everything that must hold before a change goes in: the one command, for people and for CI.

``python check.py`` runs every step and says at the end which ones failed; ``python check.py lint
types`` runs only those. pytest comes last, so that a clean run ends with its closing line.
"""

import subprocess
import sys
import sysconfig
from pathlib import Path

STEPS = {
    "format": ("ruff", "format", "--check", "--quiet", "."),
    "lint": ("ruff", "check", "--quiet", "."),
    "types": ("mypy", "--no-error-summary"),
    "layers": ("lint-imports", "--no-cache", "--no-logo"),
    "tests": ("pytest",),
}
ROOT = Path(__file__).parent
SCRIPTS = Path(sysconfig.get_path("scripts"))


def main(names: list[str]) -> int:
    """Run the named steps, or all of them; return 0 if every one passed, 2 for an unknown name."""
    unknown = [name for name in names if name not in STEPS]
    if unknown:
        print(f"check.py: no step named {', '.join(unknown)}; there are {', '.join(STEPS)}")
        return 2
    failed = [name for name in names or STEPS if not passes(name)]
    if failed:
        print(f"\ncheck.py: failed: {', '.join(failed)}")
    return 1 if failed else 0


def passes(name: str) -> bool:
    """Run one step, its output going where ours goes; whether it succeeded."""
    tool, *arguments = STEPS[name]
    print(f"== {name}: {tool} {' '.join(arguments)}", flush=True)
    # The tools of this very environment, whether or not it is activated.
    command = [str(SCRIPTS / tool), *arguments]
    return subprocess.run(command, cwd=ROOT, stdin=subprocess.DEVNULL, check=False).returncode == 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

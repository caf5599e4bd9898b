"""The core runs on its run-time dependencies alone: an extra is asked for only when it is needed."""

import importlib.metadata
import subprocess
import sys

BLOCK_ALL_BUT = """
import importlib, importlib.abc, pkgutil, sys

allowed = sys.stdlib_module_names | {"sibdsl", *sys.argv[1:]}

class Block(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] not in allowed:
            raise ModuleNotFoundError(f"No module named {name!r} (blocked)", name=name)

sys.meta_path.insert(0, Block())
import sibdsl

found = [module.name for module in pkgutil.walk_packages(sibdsl.__path__, "sibdsl.")]
for name in found:
    if not name.endswith("__main__"):
        importlib.import_module(name)
print(len(found))
"""


def modules_of_dependencies() -> list[str]:
    """The importable names of what ``pip install sibdsl`` brings, without any extra."""
    distributions = importlib.metadata.packages_distributions()
    needed = [
        requirement.split(">")[0].strip()
        for requirement in importlib.metadata.requires("sibdsl") or []
        if "extra ==" not in requirement
    ]
    return [module for module, names in distributions.items() if set(names) & set(needed)]


def test_every_module_imports_with_every_extra_blocked() -> None:
    allowed = modules_of_dependencies()
    assert {"attr", "attrs", "click", "lark"} <= set(allowed)
    ran = subprocess.run(
        [sys.executable, "-c", BLOCK_ALL_BUT, *allowed], capture_output=True, text=True, check=False
    )
    assert (ran.stderr, ran.returncode) == ("", 0)
    assert int(ran.stdout) > 8, "the walk found the stages"

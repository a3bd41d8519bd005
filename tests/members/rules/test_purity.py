"""The rules stand without Django: a lawyer reads them, a notebook runs them."""

import pkgutil
import subprocess
import sys

import members.rules


def test_every_rule_module_loads_in_a_python_without_django() -> None:
    names = [f"members.rules.{module.name}" for module in pkgutil.iter_modules(members.rules.__path__)]
    assert "members.rules.ballots" in names
    program = "\n".join(
        [
            "import sys",
            *(f"import {name}" for name in names),
            "print(sorted({name.partition('.')[0] for name in sys.modules} & {'django', 'cluster_portal', 'celery'}))",
        ]
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"

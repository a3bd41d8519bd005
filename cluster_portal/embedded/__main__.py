"""`python -m cluster_portal.embedded FOLDER`: waits until nobody uses the servers of the folder, then stops them.

`serve` starts one, so that the servers end even when everything that used them was killed.
"""

import sys
from pathlib import Path

from cluster_portal.embedded import Embedded

if __name__ == "__main__":
    Embedded(Path(sys.argv[1])).stop_when_unused()

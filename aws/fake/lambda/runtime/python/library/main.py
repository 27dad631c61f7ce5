"""Starts a function: the bootstrap lies in a package, so that its bytecode is kept."""

import os
import sys

LIBRARY = os.path.dirname(os.path.abspath(__file__))
# The task root comes before everything, what stands in for packages after.
sys.path.append(LIBRARY)

from _awslab import bootstrap  # noqa: E402

bootstrap.run(LIBRARY)

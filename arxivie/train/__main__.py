"""``python -m arxivie.train``."""

from __future__ import annotations

import sys

from arxivie.train import main

sys.exit(main())

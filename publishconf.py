"""The settings of what is deployed: `make publish SITEURL=https://courier.example` writes public/.

Without SITEURL the address of paper.toml is taken. A sub-path works: SITEURL=https://courier.example/weekly
"""

import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from pelicanconf import *  # noqa: F403

OUTPUT_PATH = "public"
SITEURL = os.environ.get("SITEURL", "").rstrip("/")
PUBLISH = True

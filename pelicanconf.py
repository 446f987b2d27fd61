"""The settings of a preview: `make html` writes output/ with links that work at any address.

What a paper is called, which languages and sections and menus it has, stands in its own `data/*.toml`, not here: this
file serves every paper that is built with this theme and these plugins.
"""

import os
import sys

# Under the `pelican` command the project's folder is not on the path yet when this file is read.
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from plugins.press.joint import PressPelican

PELICAN_CLASS = PressPelican

PATH = "content"
OUTPUT_PATH = "output"
THEME = "theme"
PRESS_PATH = os.path.join(os.path.dirname(os.path.abspath(__file__)), ".press")

# One list, in this order; plugins/__init__.py says what each adds.
PLUGINS = [
    "plugins.stories",
    "plugins.markup",
    "plugins.datelines",
    "plugins.newsletters",
    "plugins.bylines",
    "plugins.photos",
    "plugins.fronts",
    "plugins.archives",
    "plugins.topics",
    "plugins.feeds",
    "plugins.sitemaps",
]
PLUGIN_PATHS: list[str] = []

SITEURL = ""
TIMEZONE = "UTC"  # for Pelican alone; stories have the zone of paper.toml
LOCALE = "C"
DEFAULT_LANG = "en"

# WordPress calls this "day and name". Links are for ever: do not change it once the paper is out.
ARTICLE_URL = "{date:%Y}/{date:%m}/{date:%d}/{slug}/"
ARTICLE_SAVE_AS = "{date:%Y}/{date:%m}/{date:%d}/{slug}/index.html"

FEED_MAX_ITEMS = 20
PAGE_SIZE = 20
EXTRA_KEYS = ()
ALLOW_RAW_HTML = False  # True: tags, attributes and links of every kind in a story's text, unchecked

STRICT = os.environ.get("STRICT", "") not in {"", "0"}

# What Pelican would do beside us.
CACHE_CONTENT = False
LOAD_CONTENT_CACHE = False
DELETE_OUTPUT_DIRECTORY = False
TYPOGRIFY = False
STATIC_PATHS: list[str] = []
FEED_ALL_ATOM = None
CATEGORY_FEED_ATOM = None
TRANSLATION_FEED_ATOM = None
AUTHOR_FEED_ATOM = None
AUTHOR_FEED_RSS = None

"""The same paper as Pressroom's, by Pelican alone: see docs/performance.md."""

PATH = "content"
OUTPUT_PATH = "output"
THEME = "theme"
PLUGIN_PATHS = ["."]
PLUGINS = ["earlier"]

SITENAME = "The Bench Courier"
SITEURL = "https://courier.example"
TIMEZONE = "UTC"
DEFAULT_LANG = "en"
TYPOGRIFY = True

ARTICLE_PATHS = [""]
STATIC_PATHS = ["images"]
ARTICLE_URL = "{date:%Y}/{date:%m}/{date:%d}/{slug}/"
ARTICLE_SAVE_AS = ARTICLE_URL + "index.html"
CATEGORY_URL, CATEGORY_SAVE_AS = "{slug}/", "{slug}/index.html"
TAG_URL, TAG_SAVE_AS = "topics/{slug}/", "topics/{slug}/index.html"
AUTHOR_URL, AUTHOR_SAVE_AS = "authors/{slug}/", "authors/{slug}/index.html"
YEAR_ARCHIVE_SAVE_AS = "{date:%Y}/index.html"
MONTH_ARCHIVE_SAVE_AS = "{date:%Y}/{date:%m}/index.html"
ARCHIVES_SAVE_AS = "archive/index.html"
TAGS_SAVE_AS = "topics/index.html"
AUTHORS_SAVE_AS = "authors/index.html"
SITEMAP_SAVE_AS = "sitemap.xml"
DIRECT_TEMPLATES = ["index", "archives", "tags", "authors", "sitemap"]
DEFAULT_PAGINATION = 20
PAGINATED_TEMPLATES = {"category": 20, "tag": 20, "author": 20}
PAGINATION_PATTERNS = [
    (1, "{base_name}/", "{base_name}/index.html"),
    (2, "{base_name}/page/{number}/", "{base_name}/page/{number}/index.html"),
]

FEED_MAX_ITEMS = 20
FEED_ALL_ATOM, FEED_ALL_RSS = "feeds/atom.xml", "feeds/rss.xml"
CATEGORY_FEED_ATOM, CATEGORY_FEED_RSS = "feeds/{slug}/atom.xml", "feeds/{slug}/rss.xml"
TRANSLATION_FEED_ATOM = None
AUTHOR_FEED_ATOM = None
AUTHOR_FEED_RSS = None

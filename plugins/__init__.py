"""The plugins of the house, and the shape that each has.

A plugin file reads in this order: a docstring with the newspaper fact; `Settings`, if it has any; its frozen types;
pure functions; short adapters; and last `register()`, which names each thing that it contributes to `newsroom.hooks`.
A plugin knows the domain (`newsroom`) and its own files, and no other plugin.

| plugin | what it does | fact on a story | table |
|---|---|---|---|
| `stories` | reads Markdown, makes the page of each story and of each static page | – | – |
| `markup` | fact boxes, notes, galleries, pull-quotes, embeds; what HTML may not be in a story | – | – |
| `datelines` | where the story was reported; pages of places | `dateline` | places.toml, datelines.toml |
| `newsletters` | sign-ups where an editor would put them | `newsletter` (a typed mark) | newsletters.toml |
| `bylines` | who wrote it; the authors' pages | – | bylines.toml |
| `photos` | caption, credit and alt of the lead picture | – | – |
| `fronts` | the home pages | – | – |
| `archives` | listings by section, year and month | – | – |
| `topics` | what stories are about; the topics' pages | – | – |
| `feeds` | Atom and RSS feeds of each language and section | – | – |
| `sitemaps` | sitemap.xml and robots.txt | – | – |

Three packages are no plugins: `newsroom` is the domain, `press` runs a build and is the only one that knows Pelican's
private ways, `desk` holds the commands that people type. `paper.toml`, `sections.toml`, `agencies.toml`, `bylines.toml`
and `checks.toml` are read by the domain, since everything needs them.
"""

"""What a Content-Security-Policy must allow, so that a reader's browser may send the paper's sign-up forms.

$ python -m plugins.newsletters content
form-action 'self' https://buttondown.com https://lists.courier.example
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from plugins.newsletters.newsletter import read_newsletters
from plugins.newsroom.tables import Table, read_table


def main(arguments: Sequence[str]) -> int:
    """Print the directive for the content folder that is named; 1 where its newsletters.toml has a fault."""
    path = Path(arguments[0] if arguments else "content", "data", "newsletters.toml")
    shown = path.as_posix()
    table, problems = read_table(shown, path.read_bytes()) if path.is_file() else (Table(shown), [])
    newsletters, more = read_newsletters(table)
    for problem in (*problems, *more):
        sys.stderr.write(f"{problem}\n")
    sys.stdout.write(" ".join(["form-action", "'self'", *newsletters.form_origins]) + "\n")
    return 1 if problems or more else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

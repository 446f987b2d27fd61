"""The commands of the desk. Each reads its arguments, calls one function, and ends with a status that make can
trust.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path


def parser() -> argparse.ArgumentParser:
    """The command line."""
    top = argparse.ArgumentParser(prog="python -m plugins.desk", description="What people at the paper type.")
    commands = top.add_subparsers(dest="command", required=True)
    for name, text in (
        ("check", "tell everything that is wrong with the copy; write nothing"),
        ("new", "make a valid story file; TITLE and SECTION come from the environment or the options"),
        ("serve", "build, show the site on this machine, build again on every change"),
        ("watch", "build, and build again on every change"),
        ("messages", "collect the house's words into theme/locale/*.po"),
        ("datelines", "print every dateline of the paper as a table"),
        ("schema", "write the JSON Schema and the reference pages of docs/"),
        ("move-in", "make stories of what pelican-import made of a WordPress export"),
    ):
        command = commands.add_parser(name, help=text, description=text)
        command.add_argument("--content", type=Path, default=Path("content"), help="the paper's folder")
        command.add_argument("--settings", type=Path, default=Path("pelicanconf.py"), help="Pelican's settings file")
        command.add_argument("--output", type=Path, default=Path("output"), help="where the site is written")
    check, new, serve = (commands.choices[name] for name in ("check", "new", "serve"))
    check.add_argument("--format", choices=("text", "json", "github"), default="text")
    commands.choices["datelines"].add_argument("--format", choices=("text", "json"), default="text")
    new.add_argument("--title", help="the headline; default: $TITLE")
    new.add_argument("--section", help="the section's id; default: $SECTION")
    new.add_argument("--date", help="YYYY-MM-DD HH:MM; default: $DATE, or now")
    new.add_argument("--lang", help="the story's language; default: $STORY_LANG, or the paper's first")
    serve.add_argument("--port", type=int, default=8000, choices=range(65536), metavar="PORT")
    serve.add_argument("--bind", default="127.0.0.1", help="0.0.0.0 shows the site to the whole network")
    moving = commands.choices["move-in"]
    moving.add_argument("old", type=Path, help="the folder that pelican-import wrote")
    moving.add_argument("--export", type=Path, required=True, help="the file that WordPress exported")
    for watching in (serve, commands.choices["watch"]):
        watching.add_argument("--pelican-option", action="append", default=[], help="passed on to pelican")
    return top


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the status is 0, or 1 where something must be mended."""
    args = parser().parse_args(arguments)
    if args.command == "check":
        from plugins.desk.check import check

        return check(args.content, args.settings, args.output, args.format)
    if args.command == "new":
        from plugins.desk.new import new

        return new(args.content, args.settings, title=args.title, section=args.section, date=args.date, lang=args.lang)
    if args.command == "messages":
        from plugins.desk.messages import write_messages

        return write_messages(Path())
    if args.command == "datelines":
        from plugins.desk.datelines import datelines

        return datelines(args.content, args.settings, args.output, args.format)
    if args.command == "move-in":
        from plugins.desk.move_in import move_in

        return move_in(args.old, args.export, args.content, args.settings)
    if args.command == "schema":
        from plugins.desk.schema import write_reference

        return write_reference(Path("docs"))
    from plugins.desk.serve import Watcher, serve

    watcher = Watcher(args.content, args.settings, args.output, tuple(args.pelican_option))
    return serve(watcher, args.bind, args.port) if args.command == "serve" else watcher.run()


if __name__ == "__main__":
    try:
        sys.exit(main())
    except BrokenPipeError:  # `make datelines | head` has read enough
        sys.stderr.close()
        sys.exit(0)

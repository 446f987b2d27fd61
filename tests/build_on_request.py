"""Builds with two workers, one after the other, as lines of JSON on standard input ask for; ends with the input.

Without threads of its own, as the `pelican` command is, so that it may fork.
"""

from __future__ import annotations

import importlib
import json
import sys
from pathlib import Path

from plugins.press import build, ledger, output, reading, store
from plugins.press.joint import BuildStopped, PressPelican
from tests.conftest import settings_for
from tests.equality import forget_plugin

JOBS = 2


def serve() -> None:
    """Build, and answer whether the build was stopped and how many workers there were."""
    # So small a paper would not be worth a crew, nor what workers do beside.
    reading.WORTH_A_CREW = reading.FEW = build.WORTH_A_LOOK = 0
    build.WORTH_A_CREW = -1
    build.MANY = output.FEW_FOLDERS = store.WORTH_SHARING = ledger.WORTH_SHARING = 0
    for line in sys.stdin:
        request = json.loads(line)
        folder = Path(request["folder"])
        forget_plugin()
        sys.path.insert(0, request["code"])
        plugins = [*importlib.import_module("pelicanconf").PLUGINS, "own_plugin"]
        settings = settings_for(
            Path(request["content"]),
            folder / "output",
            folder / ".press",
            **{**request["settings"], "PLUGINS": plugins, "PRESS_JOBS": JOBS},
        )
        stopped = False
        pelican = PressPelican(settings)
        workers = len(pelican.crew) if pelican.crew else 0
        try:
            pelican.run()
        except BuildStopped:
            stopped = True
        finally:
            if pelican.crew:
                pelican.crew.dismiss()
            sys.path.remove(request["code"])
        print(json.dumps({"stopped": stopped, "workers": workers}), flush=True)


if __name__ == "__main__":
    serve()

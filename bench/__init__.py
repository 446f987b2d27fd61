"""What a build costs, beside other generators that do the same work: `make bench`, or `python -m bench`.

An invented archive (`corpus`) is written in each generator's dialect; each builds its own copy of it (`generators`);
wall time, processor time and memory are taken from outside (`measure`); the tables go to docs/performance.md
(`table`). The folders `hugo/`, `eleventy/` and `plain/` hold the sites of the others. Nothing of the paper imports
this package, and no test depends on a time.
"""

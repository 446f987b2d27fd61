"""One build, from content/ to a site that lies ready beside the old one. Writes nothing into the output.

    scan → tables → read → arrange (stages.py) → jobs → make

Only what changed is read, and only pages that depend on a change are made; `PRESS=0` reads and makes everything, and
gives the same bytes. All problems of all stages are collected; whoever called decides what they stop.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cached_property, partial

from msgspec import convert, to_builtins
from msgspec.structs import replace

from plugins.newsroom import clock, hooks, showing
from plugins.newsroom.asked import SiteLink
from plugins.newsroom.edition import check_withheld, due_at
from plugins.newsroom.job import Job
from plugins.newsroom.problem import Code, Complaint, Problem, Severity, judge, ordered
from plugins.newsroom.story import Status
from plugins.newsroom.urls import PATTERN, BadPattern
from plugins.newsroom.views import Listed
from plugins.press import checks, reading
from plugins.press.crew import Crew, Lazily
from plugins.press.handover import Task, hand_over
from plugins.press.ledger import Entry, World
from plugins.press.making import Batch, Made, Wanted, notes_of
from plugins.press.output import NOT_YET, changed_folders, empty, outside, print_of_file, stamp_of
from plugins.press.phases import timed
from plugins.press.plan import Built, Counts, Plan
from plugins.press.prints import print_of
from plugins.press.questions import Moved, Questions, asks_text, lists_differ
from plugins.press.scan import read_bytes
from plugins.press.sealed import to_text
from plugins.press.stages import Stages, Tools
from plugins.press.stale import Outputs, Watch, changed_house, find_stale, look_over, reason
from plugins.press.words import check_catalogues

BAD_NOW = Code("clock/not-an-instant", Severity.ERROR, "NOW holds something that is no date or time.")

WORTH_A_LOOK = 2000
"""With fewer files in the output, one process has looked at their folders before another has loaded what they were."""

WORTH_A_CREW = 150
"""With fewer pages to make, one process is done before the others have arranged the edition."""

MANY = 50_000
"""Files of a site whose rows take so much memory that to let them go is worth half a second."""

CHUNK = 48
"""Pages that a worker is given at once."""


def build(plan: Plan, tools: Tools) -> Built:
    """Make the site ready. Faults in copy, tables and templates are problems of the result, never exceptions."""
    making = Build(plan, tools)
    try:
        return making.done()
    except clock.NotAnInstant as fault:
        return Built([Complaint(BAD_NOW, str(fault)).at("NOW")])
    except reading.CannotRead as fault:
        return Built([replace(fault.problem, path=plan.shown + fault.problem.path)])
    except BadPattern as fault:
        hint = 'ARTICLE_URL = "{date:%Y}/{date:%m}/{date:%d}/{slug}/"'
        return Built([Complaint(PATTERN, str(fault), hint).at("ARTICLE_URL")])
    finally:
        making.let_go()


class Build(Stages):
    """One run: what is stale is found, made, and laid ready."""

    def __init__(self, plan: Plan, tools: Tools) -> None:
        super().__init__(plan, tools)
        self.reasons: dict[str, str] = {}
        self.failures: list[Problem] = []
        self._look: Iterator[list[str] | None] | None = None
        self._in_order = True

    @cached_property
    @timed("listing pages")
    def jobs(self) -> list[tuple[str, Job]]:
        """Every page that is to be, but those that list others; each with the name under which a plugin listed it."""
        return [(name, job) for name in hooks.pages.of(self.plan.plugins) for job in self._list(name)]

    def _list(self, name: str) -> Iterator[Job]:
        self._listing = True
        yield from hooks.pages.of(self.plan.plugins)[name](self.edition)
        self._listing = False

    @cached_property
    def outputs(self) -> Outputs:
        """What lies in the output."""
        return Outputs(self.plan.output, self.plan.verify or self.plan.plainly, others=self._others)

    @cached_property
    @timed("comparing with the last build")
    def _others(self) -> frozenset[str] | None:
        """The files that do not lie as they were left; None where each is to be read, whatever its stamp says."""
        if self.plan.verify or self.plan.plainly:
            return None
        seen = next(self._look) if self._look else None
        if seen is not None:
            return frozenset(seen)
        entries = self.tools.ledger.entries
        return look_over(((name, entry.stamp) for name, entry in entries.items()), self.plan.output)

    @cached_property
    def _changed_folders(self) -> Callable[[], list[str] | None]:
        """A worker looks at the folders of the output while this process loads what it needs."""
        if not self._lookout:
            return lambda: None
        crew, who = self._lookout
        answers = crew.ahead("folders", who)
        return lambda: next(answers)

    @cached_property
    def _lookout(self) -> tuple[Crew, int] | None:
        """The worker that looks at the output, by the number that its crew gives it; None where it is not worth one."""
        crew, plan = self.crew, self.plan
        if not crew or plan.verify or plan.plainly or len(self.tools.ledger.entries) < WORTH_A_LOOK:
            return None
        return crew, len(crew) - 1

    @cached_property
    @timed("comparing with the last build")
    def root(self) -> str:
        """The print of everything that the site is made from: the same, and nothing need be looked at more closely."""
        others = sorted(self.content.files)
        stamps = [stamp_of(self.plan.content / path) for path in others]
        theme = [
            # A name in a theme need not be UTF-8.
            (ascii(path.relative_to(folder).as_posix()), print_of_file(path))
            for folder in (*self.plan.template_folders, self.plan.theme / "static", self.plan.theme / "locale")
            for path in sorted(folder.rglob("*"))
            if path.is_file()
        ]
        house = sorted(self.prints.house.items())
        parts = [house, self.prints.reader, self.keys, others, stamps, theme, self.content.problems]
        return print_of(to_text(parts)) if all(self.prints.house.values()) else ""

    def let_go(self) -> None:
        """Forget what a large site was made from: while it is written, the memory is wanted for what is kept of it.

        An edition and its parts know each other, and nobody looks for garbage now.
        """
        if len(self.entries) >= MANY and (edition := vars(self).get("edition")):
            vars(edition).clear()
            vars(self).clear()

    @timed("checks of the whole site")
    def done(self) -> Built:
        """The site, made ready."""
        self._changed_sources  # noqa: B018  asked for now, and answered when somebody wants to know
        self.house  # noqa: B018  whether its settings can be used comes before all else
        if self.crew and not self._begins_anew:
            self.crew.ahead("warm", reading.READER)
        with self.phases.phase("loading the ledger"):
            self.tools.ledger.load()
        self._changed_folders  # noqa: B018  asked for now, and answered when somebody wants to know
        if (same := self._unchanged()) is not None:
            return same
        if self._lookout:
            # Where nothing had changed, this process was sooner done with it than another.
            crew, who = self._lookout
            self._look = crew.ahead("look", who)
            self._compiled = crew.ahead("compile", who, (self.paper.lang, sorted(self.tools.ledger.world.templates)))
        listed = self._pages()
        closing = self._closing_as_before()
        if closing is None:
            listed = self._ordered(listed)
            closing = self._closing(listed)
        extra = {path.removeprefix("extra/"): path for path in self.content.extra}
        self._put_copies({**self._copies, **extra})
        self.problems += self._check(listed, extra)
        problems = self._check_by_turns(listed, closing, extra)
        if problems and not self._in_order:
            # Of two pages at one address the second is told.
            problems = self._check_by_turns(self._ordered(listed), closing, extra)
        self.problems += problems
        return self._built([*listed, *closing])

    def _check(self, listed: list[Listed], extra: Mapping[str, str]) -> list[Problem]:
        """What can be told only when all pages are known."""
        edition = self.edition
        known = {page.url for page in listed} | {page.save_as for page in listed} | extra.keys()
        told, links = self._brought_to_light()
        problems = [*edition.problems, *self.sheets.problems, *check_withheld(edition), *told]
        problems += checks.check_public_address(self.plan, edition)
        problems += checks.check_made(edition, {page.source for page in listed})
        problems += showing.check_menu(self.house, known)
        problems += checks.check_site_links(links, known)
        return problems

    def _check_by_turns(self, listed: list[Listed], closing: list[Listed], extra: Mapping[str, str]) -> list[Problem]:
        """The same, where it matters which page comes first."""
        problems = [
            problem
            for check in hooks.page_checks.of(self.plan.plugins).values()
            for problem in check(self.edition, listed)
        ]
        everything = [*listed, *closing]
        problems += checks.check_addresses(self.plan, self.edition, everything, self._copies, extra, self.assets)
        return problems

    def _brought_to_light(self) -> tuple[list[Problem], list[SiteLink]]:
        """What pages brought to light: problems, and addresses that were typed."""
        problems: list[Problem] = []
        links: list[SiteLink] = []
        for entry in self.entries.values():
            if entry.notes:
                some, typed = notes_of(entry.notes)
                problems += some
                links += typed
        return problems, links

    @timed("comparing with the last build")
    def _unchanged(self) -> Built | None:
        """The last build's outcome, where this one would have the same."""
        ledger, plan = self.tools.ledger, self.plan
        world, summary = ledger.world, ledger.world.summary
        if plan.plainly or plan.verify or world.torn or not world.root or world.root != self.root:
            return None
        now = self.house.now
        if not datetime.fromisoformat(summary["since"]) <= now:
            return None
        if summary["counts"][-1] and not now < datetime.fromisoformat(summary["counts"][-1]):
            return None
        if self._others:
            return None
        folders = self._folders_to_open
        if ledger.thrown_away:
            return None
        if store := self.tools.store:
            # A fresh checkout of the same text is not to be opened again and again.
            self._keep_sources()
            store.save()
        problems = convert(summary["problems"], list[Problem])
        return Built(
            problems,
            ledger.entries,
            counts=Counts(*summary["counts"]),
            now=now,
            unchanged=True,
            changed_folders=folders,
        )

    @cached_property
    def _folders_to_open(self) -> frozenset[str] | None:
        """The folders of the output in which something came or went; None for all."""
        if self.plan.verify:
            return None
        found = self._changed_folders()
        if found is None:
            found = changed_folders(self.plan.output, self.tools.ledger.folders)
        return frozenset(found)

    def _while_others_read(self) -> None:
        self.tools.ledger.load_questions()
        # The first date of a language costs a hundredth of a second.
        clock.moment(self.house.now, self.paper.lang, self.paper.timezone)

    @cached_property
    def entries(self) -> dict[str, Entry]:
        """Every file of the site, filled while it is made."""
        return {}

    @cached_property
    def staged(self) -> dict[str, str]:
        """The files that lie ready, by their names in the stage; filled while they are made."""
        return {}

    @cached_property
    def world(self) -> World:
        """What the pages are made with."""
        return World(house=dict(self.prints.house), root=self.root if self.tools.store else "")

    @timed("making pages")
    def _pages(self) -> list[Listed]:
        """Every page but those that list others: made, or as it was."""
        if not self.tools.check:
            empty(self.stage)
            self.stage.mkdir(parents=True, exist_ok=True)
        if len(self.sheets.kept) > WORTH_A_CREW and self._is_made_anew():
            # The crew arranges its editions while this process lists pages.
            self._hand_over  # noqa: B018
        found = self._pages_listed_as_before() if self._is_listed_as_before() else None
        return self._pages_listed_anew() if found is None else found

    def _is_made_anew(self) -> bool:
        """Whether most pages will be made, as far as can be told before they are listed."""
        ledger = self.tools.ledger
        if self.plan.plainly or not ledger.entries or changed_house(ledger.world.house, self.prints.house):
            return True
        templates = Counter(entry.template for entry in ledger.entries.values() if entry.template)
        stale = sum(count for template, count in templates.items() if self.templates.changed(template))
        return stale > len(ledger.entries) // 2

    @cached_property
    def _hand_over(self) -> Crew | None:
        """The crew, told the edition; None where there is none."""
        crew, store = self.crew, self.tools.store
        if not crew or not store:
            return None
        store.save()
        hand_over(self, crew)
        return crew

    @cached_property
    def _files(self) -> str:
        """The print of the names of all files in content/, which a list of pages may name."""
        return print_of(*sorted(self.content.files))

    def _is_listed_as_before(self) -> bool:
        """Whether all that pages are listed from is as in the last build, so that each is where it was."""
        world = self.tools.ledger.world
        return (
            not (self.plan.plainly or world.torn)
            and world.files == self._files
            and not changed_house(world.house, self.prints.house)
            and not lists_differ(self.moved_sources(self.edition))
        )

    def _watch(self, moved: Moved) -> Watch:
        """Over all that pages are made from; where what is common to all has changed, nobody asks it."""
        world = self.tools.ledger.world
        common = changed_house(world.house, self.prints.house)
        changed = {} if common else world.questions.changed(self.edition, moved)
        return Watch(changed, self.templates, self.outputs)

    def _pages_listed_as_before(self) -> list[Listed] | None:
        """Only pages that are stale are listed; None where a plugin does not list one of them any more."""
        moved, questions = self.moved_sources(self.edition), self.tools.ledger.world.questions
        with self.phases.phase("finding stale pages"):
            watch = self._watch(moved)
            pages = {name: entry for name, entry in self.tools.ledger.entries.items() if entry.listed_by}
            stale = {name: why for name, entry in pages.items() if (why := watch.why(name, entry))}
        with self.phases.phase("listing pages"):
            by = {pages[name].listed_by for name in stale}
            names = [name for name in hooks.pages.of(self.plan.plugins) if name in by]
            jobs = {job.save_as: (name, job) for name in names for job in self._list(name)}
        if not stale.keys() <= jobs.keys():
            return None
        self._in_order = False
        self._learn(questions, watch, moved)
        listed = {}
        for name, entry in pages.items():
            listed[name] = _listed(name, entry)
            if name not in stale:
                self.entries[name] = self.outputs.as_it_lies(name, entry)
        wanted = [(*jobs[name], pages[name].job, reason(jobs[name][1], why)) for name, why in stale.items()]
        as_before = True
        for made in self._make(wanted):
            as_before = as_before and made.listed() == listed[made.save_as]
            listed[made.save_as] = made.listed()
        return list(listed.values()) if as_before else self._ordered(list(listed.values()))

    def _pages_listed_anew(self) -> list[Listed]:
        """Every page is listed, as if nothing were known of where pages are."""
        ledger, jobs = self.tools.ledger, [job for _, job in self.jobs]
        moved, questions = self.moved_sources(self.edition), ledger.world.questions
        with self.phases.phase("finding stale pages"):
            prints = [job.print() for job in jobs]
            watch = self._watch(moved)
            stale = find_stale(
                jobs, prints, ledger.entries, changed_house(ledger.world.house, self.prints.house), watch
            )
        if self.plan.plainly:
            stale = dict.fromkeys(range(len(jobs)), "everything is made")
        if len(stale) == len(jobs):
            # Nobody will want to hear what pages asked that are no more.
            questions = Questions()
            moved = questions.moved(self.edition)
        self._learn(questions, watch, moved)
        listed: list[Listed | None] = [None] * len(jobs)
        entries, as_it_lies = self.entries, self.outputs.as_it_lies
        for number, job in enumerate(jobs):
            if number not in stale:
                save_as = job.save_as
                entry = ledger.entries[save_as]
                entries[save_as] = as_it_lies(save_as, entry)
                listed[number] = _listed(save_as, entry)
        numbers = list(stale)
        wanted = [(*self.jobs[number], prints[number], why) for number, why in stale.items()]
        # Nobody asks for them again, and those of a large paper take much memory.
        del self.jobs, jobs, prints, stale
        for made in self._make(wanted):
            listed[numbers[made.number]] = made.listed()
        return [each for each in listed if each is not None]

    def _ordered(self, listed: list[Listed]) -> list[Listed]:
        """The same in the order in which plugins list them."""
        if self._in_order:
            return listed
        self._in_order = True
        places = {job.save_as: place for place, (_, job) in enumerate(self.jobs)}
        return sorted(listed, key=lambda page: places[page.save_as])

    def _learn(self, questions: Questions, watch: Watch, moved: Moved) -> None:
        """From now on answers are those of this build."""
        questions.told(watch.changed.values())
        questions.settle(moved)
        self.world.questions = questions

    def _make(self, wanted: list[tuple[str, Job, str, str]]) -> Iterator[Made]:
        """Make these pages, and enter them. wanted: who listed it, the job, its print, and why it must be done; it is
        emptied.
        """
        failures: dict[tuple[str, int, str], Problem] = {}
        jobs = [(number, job, self._held(job.save_as)) for number, (_, job, _, _) in enumerate(wanted)]
        told = [(name, job.save_as, print_, why) for name, job, print_, why in wanted]
        wanted.clear()
        questions = self.world.questions
        for batch in self._batches(jobs):
            if batch.unread:
                raise reading.CannotRead(batch.unread)
            for problem in batch.failures:
                # One broken template breaks a thousand pages alike: the first of them is told.
                key = (problem.path, problem.line, problem.message.partition(" (while")[0])
                failures[key] = min(failures.get(key, problem), problem)
            numbers = [questions.number(ask, answer) for ask, answer in batch.asks]
            for each in batch.made:
                name, of_job, print_, why = told[each.number]
                # Nearly always the same text, which is then held once.
                save_as = of_job if of_job == each.save_as else each.save_as
                self._enter(each, save_as, print_, [numbers[ask] for ask in each.asks], name)
                self.reasons[save_as] = why
                yield each
        self.failures += failures.values()

    def _held(self, save_as: str) -> str:
        """The print of the file that lies in a page's place."""
        return self.outputs.print_of(save_as, self.tools.ledger.entries.get(save_as))

    def _enter(self, made: Made, save_as: str, job: str, asks: list[int], listed_by: str = "") -> None:
        stamp = NOT_YET
        before = self.tools.ledger.entries.get(save_as)
        if made.staged:
            self.staged[save_as] = made.staged
        else:
            stamp = self.outputs.stamp_of(save_as, before)
        entry = Entry(
            *(made.print, *stamp, job, listed_by),
            *made[1:7],
            files="\n".join(made.files),
            notes=made.notes,
            asks=asks_text(sorted(asks)),
        )
        self.entries[save_as] = entry.sharing(before)
        self.templates.of(made.template)

    def _batches(self, jobs: list[Wanted]) -> Iterator[Batch]:
        """What is made of these jobs, which are let go of on the way: those of a large paper take much memory."""
        tick = self.tools.progress.start("making", len(jobs))
        worth_it = len(jobs) > WORTH_A_CREW + len(self.sheets.kept) // 25
        if worth_it and (crew := self._hand_over):
            # In the order of time, so that the cards which a worker has made lately are those that it needs next.
            place = {story.path: index for index, story in enumerate(self.edition.stories)}
            jobs.sort(key=lambda each: place.get(each[1].about[0].path, 0) if each[1].about else 0)
            chunks = [jobs[start : start + CHUNK] for start in range(0, len(jobs), CHUNK)]
            jobs.clear()
            tasks = Lazily(len(chunks), lambda at: _taken(chunks[at]))
            for batch in crew.map("make", tasks, stretches=True):
                for _ in batch.made:
                    tick()
                yield batch
            return
        for start in range(0, len(jobs), CHUNK):
            yield self.workshop.make(jobs[start : start + CHUNK], lambda _name: tick())

    @timed("making pages")
    def _closing_as_before(self) -> list[Listed] | None:
        """The pages that list others, where these are as before and they need not be made; else None."""
        if self._in_order:
            return None
        entries = self.tools.ledger.entries
        found = {name: entry for name, entry in entries.items() if entry.job and not entry.listed_by}
        if any(self._closing_is_stale(name, entry, entry.job) for name, entry in found.items()):
            return None
        self.entries.update((name, self.outputs.as_it_lies(name, entry)) for name, entry in found.items())
        return [_listed(name, entry) for name, entry in found.items()]

    @timed("making pages")
    def _closing(self, listed: list[Listed]) -> list[Listed]:
        """The pages that list others."""
        listings = hooks.closing_pages.of(self.plan.plugins).values()
        jobs = [(job, job.print()) for listing in listings for job in listing(self.house, listed)]
        entries = self.tools.ledger.entries
        found = []
        stale: dict[str, str] = {}
        pages = []
        for job, print_ in jobs:
            entry = entries.get(job.save_as)
            if entry is None or self._closing_is_stale(job.save_as, entry, print_):
                stale[job.save_as] = print_
                pages.append((job.make(job, self.house), self._held(job.save_as)))
            else:
                self.entries[job.save_as] = self.outputs.as_it_lies(job.save_as, entry)
                found.append(_listed(job.save_as, entry))
        batch = self.workshop.finish(pages)
        self.failures += batch.failures
        for made in batch.made:
            self._enter(made, made.save_as, stale[made.save_as], [])
            self.reasons[made.save_as] = "it lists other pages"
            found.append(made.listed())
        return found

    def _closing_is_stale(self, save_as: str, entry: Entry, job: str) -> bool:
        ledger = self.tools.ledger
        return (
            self.plan.plainly
            or entry.job != job
            or bool(changed_house(ledger.world.house, self.prints.house))
            or bool(self.templates.changed(entry.template))
            or self.outputs.print_of(save_as, entry) != entry.print
        )

    @cached_property
    def _copies(self) -> dict[str, str]:
        """The files of content/ that some page names: where each goes → where it is. To be asked when all are made."""
        named = {path for entry in self.entries.values() if entry.files for path in entry.files.split("\n")}
        own = (self.house.assets.get(key, "") for key in ("favicon", "logo"))
        named |= {path for path in own if path in self.content.files}
        return {path: path for path in sorted(named)}

    @timed("copying files")
    def _put_copies(self, copies: Mapping[str, str]) -> None:
        """The theme's files, and those of content/: save_as → path."""
        for save_as, data in self.assets.files:
            self._put_file(save_as, print_of(data), partial(bytes, data))
        for save_as, path in copies.items():
            self._put_file(save_as, self.pictures.print(path), partial(self._bytes, path))

    def _bytes(self, path: str) -> bytes:
        data = read_bytes(self.plan.content, path)
        if isinstance(data, Problem):
            self.problems.append(data)
            return b""
        return data

    def _put_file(self, save_as: str, print_: str, data: Callable[[], bytes]) -> None:
        entry = self.tools.ledger.entries.get(save_as)
        held = self.outputs.print_of(save_as, entry)
        stamp = self.outputs.stamp_of(save_as, entry)
        if not print_ or held != print_:
            name = self.workshop.put_ready(save_as, data())
            stamp = NOT_YET
            if name:
                self.staged[save_as] = name
        self.entries[save_as] = Entry(print_, *stamp)

    @timed("keeping what was learnt")
    def _built(self, listed: Sequence[Listed]) -> Built:
        plan, ledger, store, edition = self.plan, self.tools.ledger, self.tools.store, self.edition
        judged = checks.judged(self.problems, self.sheets.outlines, self.paper)
        copy = (replace(each, path=plan.shown + each.path) for each in judged)
        words = (judge(each, self.paper.rules) for each in check_catalogues(plan.theme, self.paper.languages))
        # What an earlier build has written lies inside.
        new = [name for name in self.entries if name not in ledger.entries]
        house = [*self.assets.problems, *(each for each in words if each), *self.failures, *outside(new)]
        problems = ordered((*copy, *house))
        now = self.house.now
        dues = [due for row in edition.withheld.values() if (due := due_at(row))]
        counts = Counts(
            stories=sum(story.status is Status.PUBLISHED for story in edition.stories),
            pages=len(listed),
            drafts=sum(row.status is Status.DRAFT for row in edition.withheld.values()),
            waiting=len(dues),
            due=min(dues).isoformat() if dues else "",
        )
        since = max((due for row in (*edition.stories, *edition.pages) if (due := due_at(row))), default=now)
        self.world.summary = {
            "counts": [counts.stories, counts.pages, counts.drafts, counts.waiting, counts.due],
            "problems": to_builtins(problems),
            "since": since.isoformat(),
        }
        self.world.files = "" if self._listed_by_rows else self._files
        self.world.templates = dict(sorted(self.templates.found.items()))
        if store is not None:
            self.pictures.keep()
            self._keep_sources()
            store.save()
        folders = self._folders_to_open
        said = [f"{what} was made anew: {why}" for what, why in self._thrown_away() if why]
        return Built(
            problems=problems,
            entries=self.entries,
            staged=self.staged,
            stage=self.stage,
            gone=sorted(ledger.entries.keys() - self.entries.keys()),
            world=self.world,
            reasons=self.reasons,
            counts=counts,
            now=now,
            fresh=self.sheets.fresh,
            said=said,
            changed_folders=folders,
        )

    def _thrown_away(self) -> Iterator[tuple[str, str]]:
        yield "the ledger", self.tools.ledger.thrown_away
        if self.tools.store is not None:
            yield "the store", self.tools.store.thrown_away


def _taken(jobs: list[Wanted]) -> Task:
    """The task of these jobs, which are let go of."""
    task = [
        (number, job.maker, job.save_as, [story.path for story in job.about], job.given, held)
        for number, job, held in jobs
    ]
    jobs.clear()
    return task


def _listed(save_as: str, entry: Entry) -> Listed:
    return Listed(save_as, entry.url, entry.lang, entry.source, entry.lastmod, entry.in_sitemap)

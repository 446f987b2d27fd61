"""The dateline: where a story was reported. The type alone; what reads, prints and checks it stands beside this file.

GYUMRI, Armenia (Example Wire) — Growers from forty villages …
    Dateline(text="GYUMRI, Armenia (Example Wire)", places=(Place("GYUMRI", "Armenia"),),
             agency="Example Wire", dash=" —")
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from plugins.datelines.tables import folded
from plugins.newsroom.story import Plain


class Place(Struct, frozen=True):
    """One place of a dateline as typed: `GYUMRI`, `Armenia`. region: empty where the city stands alone."""

    city: str
    region: str = ""

    def __str__(self) -> str:
        return f"{self.city}, {self.region}" if self.region else self.city


class Dateline(Struct, frozen=True):
    """Where a story was reported, and by which agency.

    text: as typed, in the text or in front matter; without the dash. `text + dash` is all of it.
    day: the date inside it, as typed; never the time of publication.
    dash: what ends it, with the space before; empty is the house's.
    agency_url: where the agency's name led in the text. typed: it stood in the text, not in front matter.
    """

    text: str
    places: tuple[Place, ...] = ()
    agency: str = ""
    day: str = ""
    dash: str = ""
    agency_url: str = ""
    typed: bool = True

    def to_plain(self) -> dict[str, Plain]:
        """The dateline as JSON can hold it."""
        return {
            "text": self.text,
            "places": [{"city": place.city, "region": place.region} for place in self.places],
            "agency": self.agency,
            "day": self.day,
            "dash": self.dash,
            "agency_url": self.agency_url,
            "typed": self.typed,
        }

    @classmethod
    def from_plain(cls, plain: Plain) -> Dateline | None:
        """The dateline that `to_plain` gave, or None where there is none."""
        if not isinstance(plain, Mapping) or not plain.get("text"):
            return None
        places = plain.get("places")
        return cls(
            text=str(plain.get("text", "")),
            places=tuple(
                Place(str(place.get("city", "")), str(place.get("region", "")))
                for place in (places if isinstance(places, list) else [])
                if isinstance(place, Mapping)
            ),
            agency=str(plain.get("agency", "")),
            day=str(plain.get("day", "")),
            dash=str(plain.get("dash", "")),
            agency_url=str(plain.get("agency_url", "")),
            typed=plain.get("typed") is not False,
        )

    def says_the_same(self, other: Dateline) -> bool:
        """Whether both name the same places, agency and day; case, accents and the kind of dash do not count."""

        def key(dateline: Dateline) -> tuple[object, ...]:
            places = tuple((folded(place.city), folded(place.region)) for place in dateline.places)
            return places, folded(dateline.agency), folded(dateline.day)

        return key(self) == key(other)

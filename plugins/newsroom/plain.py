"""Values as JSON can hold them, and back: how a row and a body are kept between two builds.

    forms = form_of(Author)
    forms.plain(Author("Ani Example"))      →   ["Ani Example", ""]
    forms.value(["Ani Example", ""])        →   Author("Ani Example")

The form follows from a dataclass's own fields: a dataclass is the list of its fields' values, a tuple a list, a date
its ISO form, an enum its value; where a field may hold several dataclasses, the class's name stands first. Nothing in
a plain value can name code, so that a store from elsewhere runs none.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from functools import lru_cache
from typing import Any, Generic, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")
Step = Callable[[Any], Any]
"""One way; None stands for: as it is."""


@dataclass(frozen=True, slots=True)
class Form(Generic[T]):
    """Both ways of one type. Raises ValueError, TypeError, KeyError, IndexError or AttributeError for no such value."""

    plain: Callable[[T], Any]
    value: Callable[[Any], T]


def form_of(cls: type[T]) -> Form[T]:
    """The form of a dataclass, made once."""
    return Form(*_of_class(cls))  # type: ignore[arg-type]


@lru_cache(maxsize=64)
def _of_class(cls: Any) -> tuple[Step, Step]:
    hints = get_type_hints(cls)
    names = [each.name for each in fields(cls)]
    ways = [_of(hints[name]) for name in names]
    steps = [(index, name, there) for index, (name, (there, _)) in enumerate(zip(names, ways, strict=True)) if there]
    returns = [(index, back) for index, (_, back) in enumerate(ways) if back]
    count = len(names)

    def plain(value: Any) -> list[Any]:
        listed = [getattr(value, name) for name in names]
        for index, _name, there in steps:
            listed[index] = there(listed[index])
        return listed

    def back(listed: list[Any]) -> Any:
        if len(listed) != count:
            raise ValueError(f"{cls.__name__} has {count} fields, not {len(listed)}")
        if not returns:
            return cls(*listed)
        values = [*listed]
        for index, step in returns:
            values[index] = step(values[index])
        return cls(*values)

    return plain, back


def _of(hint: Any) -> tuple[Step | None, Step | None]:
    """The two ways of a type hint; None where plain and value are the same."""
    origin = get_origin(hint)
    if origin in {Union, types.UnionType}:
        return _of_union([each for each in get_args(hint) if each is not type(None)])
    if origin is tuple:
        return _of_tuple(*_of(get_args(hint)[0]))
    if isinstance(hint, type) and is_dataclass(hint):
        return _of_class(hint)
    if isinstance(hint, type) and issubclass(hint, Enum):
        members = {each.value: each for each in hint}
        return (lambda value: value.value), members.__getitem__
    if hint is datetime:
        return datetime.isoformat, datetime.fromisoformat
    if hint is date:
        return date.isoformat, date.fromisoformat
    if hint in {str, int, float, bool} or origin in {dict, list} or origin is Mapping or _is_mapping(origin):
        return None, None
    raise TypeError(f"a value of type {hint} has no plain form")


def _is_mapping(origin: Any) -> bool:
    return isinstance(origin, type) and issubclass(origin, Mapping)


def _of_tuple(there: Step | None, back: Step | None) -> tuple[Step, Step]:
    def plain(values: tuple[Any, ...]) -> list[Any]:
        return [there(value) for value in values] if there else list(values)

    def value(values: list[Any]) -> tuple[Any, ...]:
        return tuple(map(back, values)) if back else tuple(values)

    return plain, value


def _of_union(hints: list[Any]) -> tuple[Step | None, Step | None]:
    """What may be None, or a text, or one of several dataclasses."""
    classes: dict[str, Any] = {hint.__name__: hint for hint in hints if isinstance(hint, type) and is_dataclass(hint)}
    if len(hints) == 1:
        there, back = _of(hints[0])
        if there is None or back is None:
            return None, None
        one_there, one_back = there, back
        return (
            lambda value: None if value is None else one_there(value),
            lambda value: None if value is None else one_back(value),
        )
    ways = {name: _of_class(cls) for name, cls in classes.items()}

    def plain(value: Any) -> Any:
        name = type(value).__name__
        return [name, *ways[name][0](value)] if name in ways else value

    returns = {name: back for name, (_, back) in ways.items()}

    def value(kept: Any) -> Any:
        return returns[kept[0]](kept[1:]) if isinstance(kept, list) else kept

    return plain, value

"""What every term has, and how a phrase becomes a field of one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, Generic, TypeVar, get_args

from pydantic import BaseModel, ConfigDict, Field, GetCoreSchemaHandler
from pydantic.fields import FieldInfo
from pydantic_core import CoreSchema, core_schema

from uphold.agreement.phrases.conditions import Condition, Path, parse_condition, parse_path
from uphold.agreement.phrases.error import PhraseError
from uphold.agreement.phrases.events import Events, parse_events
from uphold.agreement.phrases.numbers import NAME, parse_name

T = TypeVar("T")


@dataclass(frozen=True)
class Phrase:
    """Annotates a field that is one phrase of the grammar: how it is read, and examples of it."""

    parse: Callable[[str], Any]
    description: str
    examples: tuple[str, ...] = ()
    pattern: str | None = None
    write: Callable[[Any], str] = str

    def __get_pydantic_core_schema__(self, _: Any, __: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(
            self.read,
            serialization=core_schema.plain_serializer_function_ser_schema(
                lambda value: None if value is None else self.write(value)
            ),
        )

    def __get_pydantic_json_schema__(self, _: Any, __: Any) -> dict[str, Any]:
        schema: dict[str, Any] = {"type": "string", "description": self.description}
        if self.examples:
            schema["examples"] = list(self.examples)
        if self.pattern:
            schema["pattern"] = f"^{self.pattern}$"
        return schema

    def read(self, value: Any) -> Any:
        """The phrase of a text; anything but a text is refused."""
        if not isinstance(value, str):
            raise PhraseError("text-expected", found=_kind(value))
        return self.parse(value)


def _kind(value: Any) -> str:
    return {list: "list", dict: "table", type(None): "nothing"}.get(type(value), "value")


@dataclass(frozen=True, slots=True)
class Table(Generic[T]):
    """A choice by the value of a path; rows may be tables themselves, `otherwise` is the rest."""

    by: Path
    rows: tuple[tuple[str, T | Table[T]], ...]
    otherwise: T | Table[T] | None = None

    def row(self, value: str | None) -> T | Table[T] | None:
        """The row for a value; `otherwise` where there is none."""
        for key, found in self.rows:
            if key == value:
                return found
        return self.otherwise

    def leaves(self) -> tuple[tuple[tuple[str, ...], T], ...]:
        """Every entry with the values that lead to it."""
        found: list[tuple[tuple[str, ...], T]] = []
        rows = [*self.rows] + ([("otherwise", self.otherwise)] if self.otherwise else [])
        for key, entry in rows:
            if isinstance(entry, Table):
                found.extend(((key, *keys), leaf) for keys, leaf in entry.leaves())
            elif entry is not None:
                found.append(((key,), entry))
        return tuple(found)

    def paths(self) -> tuple[Path, ...]:
        """Every path that the table or a table in it chooses by."""
        found = [self.by]
        for _, entry in (*self.rows, ("otherwise", self.otherwise)):
            if isinstance(entry, Table):
                found.extend(entry.paths())
        return tuple(dict.fromkeys(found))


@dataclass(frozen=True)
class TableOr:
    """Annotates a field that is one phrase, or a table of such phrases `{by: path, value: …}`."""

    phrase: Phrase

    def __get_pydantic_core_schema__(self, _: Any, __: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(
            self.read,
            serialization=core_schema.plain_serializer_function_ser_schema(table_json),
        )

    def __get_pydantic_json_schema__(self, source: Any, handler: Any) -> dict[str, Any]:
        leaf = self.phrase.__get_pydantic_json_schema__(source, handler)
        inner = {"anyOf": [leaf, {"type": "object", "required": ["by"]}]}
        return {
            "anyOf": [
                leaf,
                {
                    "type": "object",
                    "properties": {"by": {"type": "string"}},
                    "required": ["by"],
                    "additionalProperties": inner,
                },
            ]
        }

    def read(self, value: Any, depth: int = 0) -> Any:
        """The phrase, or the table; errors carry the keys that lead to their place."""
        if not isinstance(value, dict):
            return self.phrase.read(value)
        if "by" not in value:
            raise PhraseError("table-without-by", found=", ".join(map(str, value)))
        if depth >= 3:
            raise PhraseError("table-too-deep", found=str(value["by"]))
        rows = {key: self._row(key, row, depth) for key, row in value.items()}
        otherwise = rows.pop("otherwise", None)
        by = rows.pop("by")
        if not rows:
            raise PhraseError("table-without-rows", found=str(value["by"]))
        return Table(by, tuple(rows.items()), otherwise)

    def _row(self, key: str, row: Any, depth: int) -> Any:
        try:
            if key == "by":
                return PATH_PHRASE.read(row)
            return self.read(row, depth + 1)
        except PhraseError as error:
            error.add_note(key)
            raise


def table_json(value: Any) -> Any:
    """A phrase, table or list of phrases as its JSON form, which reads back as the same."""
    if isinstance(value, tuple):
        return [str(item) for item in value]
    if not isinstance(value, Table):
        return str(value)
    rows = {key: table_json(row) for key, row in value.rows}
    rest = {"otherwise": table_json(value.otherwise)} if value.otherwise else {}
    return {"by": str(value.by), **rows, **rest}


@dataclass(frozen=True)
class ListOf:
    """Annotates a field that is a list of phrases; one phrase alone is a list of one.

    `prefix` is what reading takes off each phrase, and writing puts back.
    """

    phrase: Phrase
    prefix: str = ""

    def __get_pydantic_core_schema__(self, _: Any, __: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(
            self.read,
            serialization=core_schema.plain_serializer_function_ser_schema(
                lambda items: [f"{self.prefix}{item}" for item in items]
            ),
        )

    def __get_pydantic_json_schema__(self, source: Any, handler: Any) -> dict[str, Any]:
        item = self.phrase.__get_pydantic_json_schema__(source, handler)
        return {"anyOf": [item, {"type": "array", "items": item}]}

    def read(self, value: Any) -> tuple[Any, ...]:
        """The phrases; an error carries the number of its item."""
        if isinstance(value, str):
            return (self.phrase.read(value),)
        if not isinstance(value, list | tuple):
            raise PhraseError("list-expected", found=_kind(value))
        found = []
        for number, item in enumerate(value):
            try:
                found.append(self.phrase.read(item))
            except PhraseError as error:
                error.add_note(str(number))
                raise
        return tuple(found)


@dataclass(frozen=True)
class RowsOf:
    """Annotates a field that is a table from one phrase to another: `{below 99.9 %: 5 EUR}`."""

    key: Phrase
    value: Phrase
    write_key: Callable[[Any], str] = str

    def __get_pydantic_core_schema__(self, _: Any, __: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(
            self.read,
            serialization=core_schema.plain_serializer_function_ser_schema(
                lambda rows: rows and {self.write_key(key): str(value) for key, value in rows}
            ),
        )

    def __get_pydantic_json_schema__(self, source: Any, handler: Any) -> dict[str, Any]:
        return {
            "type": "object",
            "propertyNames": self.key.__get_pydantic_json_schema__(source, handler),
            "additionalProperties": self.value.__get_pydantic_json_schema__(source, handler),
            "minProperties": 1,
        }

    def read(self, value: Any) -> tuple[tuple[Any, Any], ...]:
        """The rows in their order; an error carries the key that leads to its place."""
        if not isinstance(value, dict) or not value:
            raise PhraseError("rows-expected", found=_kind(value))
        rows = []
        for key, text in value.items():
            try:
                rows.append((self.key.read(key), self.value.read(text)))
            except PhraseError as error:
                error.add_note(str(key))
                raise
        return tuple(rows)


PATH_PHRASE = Phrase(parse_path, "A field of a thing or of the account.", ("request.priority",))
_NAME = Phrase(parse_name, "A name.", ("oslo-office",), NAME)
Name = Annotated[str, _NAME]
Conditions = Annotated[
    tuple[Condition, ...],
    ListOf(Phrase(parse_condition, "A condition.", ("request.priority is critical",))),
]
EventsField = Annotated[
    Events, Phrase(parse_events, "Events.", ("request.answered", "complaint.confirmed with owner"))
]
PathField = Annotated[Path, PATH_PHRASE]
Names = Annotated[tuple[str, ...], ListOf(_NAME)]
Words = Annotated[tuple[str, ...], ListOf(Phrase(str, "Words."))]


def yes_no(text: str) -> bool:
    """`yes` or `no`."""
    if text not in ("yes", "no"):
        raise PhraseError("yes-or-no", found=text)
    return text == "yes"


def _write_yes_no(value: bool) -> str:
    return "yes" if value else "no"


def one_of(what: str, *words: str) -> Phrase:
    """A field that takes one of a few fixed phrases."""

    def read(text: str) -> str:
        if text not in words:
            raise PhraseError("word-unknown", found=text, what=what, words=", ".join(words))
        return text

    return Phrase(read, f"One of: {', '.join(words)}.", words)


YES_NO = Phrase(yes_no, "yes or no", ("yes", "no"), write=_write_yes_no)


class Term(BaseModel):
    """The executable part of a clause; subclasses are the kinds, one table lists them.

    `quotes` repeat the words of the clause that the term rests on. `interpretation` says what the
    text does not, and is shown wherever a verdict leans on it.
    """

    model_config = ConfigDict(
        frozen=True, extra="forbid", populate_by_name=True, arbitrary_types_allowed=True
    )
    kind: ClassVar[str]
    needs_quote: ClassVar[bool] = True
    example: ClassVar[str]

    name: Name = Field(description="What other terms, verdicts and examples call this term.")
    quotes: Words = Field((), description="Words of the clause that this term rests on.")
    interpretation: Words = Field(
        (), description="What the text leaves open and how we read it; shown with every verdict."
    )
    clause: str = Field("", exclude=True, description="The clause's anchor.")

    @classmethod
    def row_fields(cls, key: str) -> dict[str, FieldInfo]:
        """The fields of each row of a field that is a list of rows."""
        fields = {field.alias or name: field for name, field in cls.model_fields.items()}
        (row, *_) = get_args(fields[key].annotation)
        assert issubclass(row, BaseModel)
        return dict(row.model_fields)

    def json_form(self) -> dict[str, Any]:
        """The term as plain JSON values; `load` reads it back."""
        values = self.model_dump(
            by_alias=True, exclude_defaults=True, exclude={"name", "clause"}, mode="json"
        )
        return {self.kind: self.name, **values}

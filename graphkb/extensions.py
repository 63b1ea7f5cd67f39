"""Extensions: kinds, relationship kinds and questions of the user's own, found by name or because they are installed.

An extension is a Python module with any of three names::

    KINDS = (Region,)                                        classes, declared as those of ``graphkb.model``
    RELATIONSHIPS = (row("CustomerSegment", "LIVES_IN", "Region", "The segment lives in the region."),)
    QUESTIONS = "questions"                                  folder of ``<topic>/<name>.cypher``, beside the module;
                                                             those of the topic ``checks`` are rules

It is named by its dotted name or by the path of its ``.py`` file, or is installed as an entry point of the group
``graphkb.extensions``. Nothing else is imported.
"""

from __future__ import annotations

import importlib
import os
import sys
from dataclasses import dataclass
from functools import cached_property
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import module_from_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from graphkb.errors import UsageError
from graphkb.queries import catalog
from graphkb.queries.answer import row_type_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from types import ModuleType

    from graphkb.model.declaration import Element
    from graphkb.model.metamodel import Metamodel
    from graphkb.model.relations import RelationshipKind

GROUP: Final = "graphkb.extensions"
"""Group of the entry points by which installed packages extend graphkb."""
SUFFIX: Final = ".py"
"""What tells the path of a file from the name of a module."""
NAMES: Final = ("KINDS", "RELATIONSHIPS", "QUESTIONS")
"""What a module may have."""


@dataclass(frozen=True, slots=True)
class Extension:
    """What one module adds."""

    name: str
    """What messages call it: as the user named it, or with the package that brings it."""
    kinds: tuple[type[Element], ...] = ()
    relationships: tuple[RelationshipKind, ...] = ()
    questions: Path | None = None
    """Folder of its questions."""


@dataclass(frozen=True)
class Extended:
    """The extensions in use, and what the metamodel and the questions are with them."""

    extensions: tuple[Extension, ...] = ()

    @cached_property
    def metamodel(self) -> Metamodel:
        """The metamodel of the package with all kinds and rows of the extensions.

        Raises :class:`~graphkb.errors.UsageError` naming everything in which they do not fit.
        """
        from graphkb.model.metamodel import METAMODEL  # noqa: PLC0415  # whoever asks for questions needs no models

        return self.over(METAMODEL)

    def over(self, metamodel: Metamodel) -> Metamodel:
        """Return another metamodel with all kinds and rows of the extensions."""
        from graphkb.model.metamodel import INCONSISTENT  # noqa: PLC0415  # whoever has no extension needs no models

        adding = [each for each in self.extensions if each.kinds or each.relationships]
        if not adding:
            return metamodel
        kinds = [kind for each in adding for kind in each.kinds]
        rows = [row for each in adding for row in each.relationships]
        try:
            return metamodel.extended(kinds, rows)
        except Exception as error:  # the declarations are of the user's own making
            names = " and ".join(each.name for each in adding)
            inconsistent = str(error).startswith(INCONSISTENT)
            said = str(error).removeprefix(INCONSISTENT) if inconsistent else _said(error)
            raise UsageError(f"The metamodel cannot be extended by {names}:\n{said}") from error

    @property
    def question_folders(self) -> tuple[Path, ...]:
        """The folders of their questions."""
        return tuple(each.questions for each in self.extensions if each.questions)


def find_extensions(names: Iterable[str | os.PathLike[str]] = ()) -> Extended:
    """Return the installed extensions and those named: dotted names of modules, or paths of ``.py`` files.

    What is named twice counts once. Raises :class:`~graphkb.errors.UsageError` for a module that cannot be imported or
    is no extension, and for questions and rules that cannot be read or have the name of another.
    """
    installed = _installed()
    modules: dict[ModuleType, str] = {}
    for shown, module in installed.values():
        modules.setdefault(_imported(shown, module), shown)
    for name in [names] if isinstance(names, str) else map(str, names):
        modules.setdefault(_imported(name, installed[name][1] if name in installed else name), name)
    extensions = tuple(_extension(module, shown) for module, shown in modules.items())
    if faults := [*_question_faults(extensions), *_rule_faults(extensions)]:
        raise UsageError("\n".join(faults))
    return Extended(extensions)


def _installed() -> dict[str, tuple[str, str]]:
    """Return the installed extensions by name: what messages call each, and its module."""
    from importlib.metadata import entry_points  # noqa: PLC0415  # costs more than many a command

    found = sorted(entry_points(group=GROUP), key=lambda each: each.name)
    return {
        each.name: (f"{each.name} of the package {each.dist.name}" if each.dist else each.name, each.module)
        for each in found
    }


def _imported(shown: str, name: str) -> ModuleType:
    try:
        return _module_of(Path(name)) if name.endswith(SUFFIX) else importlib.import_module(name)
    except UsageError:
        raise
    except (Exception, SystemExit) as error:
        missing = error.name if isinstance(error, ModuleNotFoundError) else None
        if missing and f"{name}.".startswith(f"{missing}."):
            raise UsageError(f"There is no extension {shown}: {_searched(name)}") from error
        raise UsageError(f"The extension {shown} cannot be imported: {_said(error)}") from error


def _module_of(path: Path) -> ModuleType:
    """Return the module of a file; its name is the path, so that it stands in no other module's place."""
    if not path.is_file():
        from graphkb.model.names import did_you_mean  # noqa: PLC0415  # the models come along

        hint = did_you_mean(path.name, [each.name for each in path.parent.glob(f"*{SUFFIX}")])
        raise UsageError(f"There is no extension {path}: {path.absolute()} is no file.{hint}")
    name = str(path.resolve())
    if name not in sys.modules:
        loader = SourceFileLoader(name, name)
        module = sys.modules[name] = module_from_spec(ModuleSpec(name, loader, origin=name))
        module.__file__ = name
        try:
            loader.exec_module(module)
        except BaseException:
            del sys.modules[name]
            raise
    return sys.modules[name]


def _searched(name: str) -> str:
    """Say where a module was looked for, and which file may be meant."""
    file = Path(*name.split(".")).with_suffix(SUFFIX)
    hint = f"Did you mean the file {file}?" if file.is_file() else f"A file is named by its path, ending in {SUFFIX}."
    return f"no module {name} is installed or on Python's path. {hint}"


def _extension(module: ModuleType, shown: str) -> Extension:
    if not any(hasattr(module, name) for name in NAMES):
        raise UsageError(f"{shown} is no extension: it has none of {', '.join(NAMES)}.")
    from graphkb.model.declaration import Element  # noqa: PLC0415  # whoever has no extension needs no models
    from graphkb.model.relations import RelationshipKind  # noqa: PLC0415  # the same

    kinds = _listed(module, shown, "KINDS", lambda each: isinstance(each, type) and issubclass(each, Element))
    rows = _listed(module, shown, "RELATIONSHIPS", lambda each: isinstance(each, RelationshipKind))
    return Extension(shown, kinds, rows, _questions(module, shown))


def _listed(module: ModuleType, shown: str, name: str, fits: Callable[[Any], bool]) -> tuple[Any, ...]:
    listed = getattr(module, name, ())
    if not isinstance(listed, list | tuple):
        raise UsageError(f"{name} of the extension {shown} is no tuple, but {listed!r}.")
    for each in listed:
        if not fits(each):
            due = "subclasses of Element" if name == "KINDS" else "what `row` returns"
            raise UsageError(f"{name} of the extension {shown} holds {each!r}; it holds only {due}.")
    return tuple(listed)


def _questions(module: ModuleType, shown: str) -> Path | None:
    given = getattr(module, "QUESTIONS", None)
    if given is None:
        return None
    if not isinstance(given, str | os.PathLike):
        raise UsageError(f"QUESTIONS of the extension {shown} is {given!r}, where the path of a folder is due.")
    folder = Path(getattr(module, "__file__", None) or "").parent / given
    if not folder.is_dir():
        raise UsageError(f"QUESTIONS of the extension {shown} names {folder}, which is no folder.")
    return folder


def _question_faults(extensions: Iterable[Extension]) -> Iterator[str]:
    """Say of every question file of the extensions what is wrong with it."""
    owners = dict.fromkeys(catalog.names(), "graphkb")
    for each in extensions:
        if each.questions is None:
            continue
        for stray in sorted(each.questions.glob("*.cypher")):
            yield f"{stray} lies in no folder; a question is <topic>/<name>.cypher."
        for name in catalog.names(root=each.questions):
            path = each.questions / f"{name}.cypher"
            if name in owners:
                yield f"{path}: the question {name} is one of {owners[name]} already; give the file another name."
            owners.setdefault(name, each.name)
            try:
                row_type_of(name, catalog.read(each.questions, name).columns)
            except (ValueError, OSError) as error:
                yield str(error) if str(path.parent) in str(error) else f"{path}: {error}"


def _rule_faults(extensions: Iterable[Extension]) -> Iterator[str]:
    """Say of every rule of the extensions what is wrong with its file."""
    folders = [(each.name, each.questions / catalog.CHECKS) for each in extensions if each.questions]
    paths = [(name, path) for name, folder in folders for path in sorted(folder.glob("*.cypher"))]
    if not paths:
        return
    from graphkb.checks import rules  # noqa: PLC0415  # whoever brings no rules needs no models
    from graphkb.checks.rule import parse  # noqa: PLC0415  # the same

    owners = dict.fromkeys((rule.name for rule in rules()), "graphkb")
    for name, path in paths:
        if path.stem in owners:
            yield f"{path}: the rule {path.stem} is one of {owners[path.stem]} already; give the file another name."
        owners.setdefault(path.stem, name)
        try:
            parse(path, path.stem, path.read_text(encoding="utf-8"))
        except (ValueError, OSError) as error:
            yield str(error) if str(path.parent) in str(error) else f"{path}: {error}"


def _said(error: BaseException) -> str:
    """Return what an exception of somebody else's code says, with its type where the words alone say little."""
    plain = isinstance(error, ImportError | SyntaxError)
    return str(error) if plain else f"{type(error).__name__}: {error}"

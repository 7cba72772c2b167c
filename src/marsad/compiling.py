"""Compile the reader: ``python -m marsad.compiling [--work FOLDER]``.

mypyc makes C of the packages that read (``marsad.text``, ``lexicon`` and ``reading``), a compiler of the machine makes extension
modules of that, and both readers are given the same texts. Only if they say the same of all is the compiled one taken from then on,
by every command; see ``marsad.compiled``. It needs the extra ``fast`` and a C compiler, and takes some minutes.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import io
import json
import os
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

from marsad import compiled
from marsad.errors import InputError

__all__ = ["compile_reader", "main", "tell"]

# Generic records and generators that hand on what they return are beyond mypyc, and the rest is not asked often.
_LEFT = frozenset(["__init__.py", "lexicon/reasons.py", "lexicon/rulefiles.py", "lexicon/table.py", "reading/steps.py"])
_GROUP = "marsad"  # all modules are one library, so that calls between them are direct
_TEXTS = 12  # sentences in a text on which both readers are compared


def compile_reader(work: Path) -> None:
    """Compiles the reader and has it taken from then on.

    Args:
        work: a folder for what is made on the way; what lies there from the last time is used again.

    Raises:
        InputError: something is missing, or the compiled reader does not read as the sources do.
    """
    made_of = compiled.seal()
    made, place = _built(work), compiled.folder()
    # Processes that run keep the modules that they have; others take the sources until the new ones are found to be right.
    shutil.rmtree(place, ignore_errors=True)
    try:
        place.mkdir(parents=True)
        for file in made.rglob(f"*{compiled.SUFFIX}"):
            name = ".".join(file.relative_to(made).parts)
            shutil.copyfile(file, place / name)
        _compare()
        compiled.settle(made_of)
    except BaseException:
        shutil.rmtree(place, ignore_errors=True)
        raise


def _built(work: Path) -> Path:
    """Compiles the sources; returns the folder of the modules, each in the folder of its package."""
    try:
        from mypyc.build import mypycify
        from setuptools import Distribution
        from setuptools.command.build_ext import build_ext
    except ImportError as error:
        raise InputError(f"{error.name} is needed to compile the reader: pip install 'marsad[fast]'") from None

    _check()
    work.mkdir(parents=True, exist_ok=True)
    shutil.rmtree(work / "marsad", ignore_errors=True)
    ignored = shutil.ignore_patterns("__pycache__", "_compiled", "packs", "static")
    shutil.copytree(compiled.PACKAGE, work / "marsad", ignore=ignored)
    modules = [file.relative_to(compiled.PACKAGE).as_posix() for file in compiled.paths(compiled.PACKAGE)]
    chosen = [f"marsad/{name}" for name in modules if name not in _LEFT and not name.endswith("__init__.py")]
    shutil.rmtree(work / "made", ignore_errors=True)
    said = io.StringIO()
    # mypyc names files, in C and in tracebacks, from where it stands.
    with contextlib.chdir(work):
        try:
            with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
                # Types are checked elsewhere, and strictly.
                options = ["--config-file=", "--ignore-missing-imports", "--cache-dir=cache"]
                extensions = mypycify(
                    [*options, *chosen], opt_level="2", debug_level="0", multi_file=True, target_dir="c", group_name=_GROUP
                )
        except SystemExit:
            raise InputError(f"mypyc does not take the sources of the reader:\n{said.getvalue().strip()}") from None
        tell(f"compiling {len(chosen)} modules on {os.cpu_count() or 1} cores")
        command: Any = build_ext(Distribution({"name": "marsad", "ext_modules": extensions}))
        command.build_lib, command.build_temp = "made", "objects"
        command.build_extension = partial(_on_all_cores, command)
        command.ensure_finalized()
        try:
            command.run()
        except Exception as error:
            raise InputError(f"the reader could not be compiled: {error}") from error
    return work / "made"


def _on_all_cores(command: Any, extension: Any) -> None:
    """Builds an extension module as setuptools does, but all its files side by side."""
    # Warnings of a compiler about code that nobody wrote are no errors.
    options = [option for option in extension.extra_compile_args if option != "-Werror"]

    def made(source: str) -> list[str]:
        files: list[str] = command.compiler.compile(
            [source], output_dir=command.build_temp, include_dirs=extension.include_dirs, extra_postargs=options
        )
        return files

    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        extension.extra_objects = [file for files in pool.map(made, extension.sources) for file in files]
    extension.sources = []
    type(command).build_extension(command, extension)


def _check() -> None:
    """Says clearly what is missing on this machine."""
    # Nothing is told where there is no Unix; setuptools looks for the compiler there.
    program = (os.environ.get("CC") or sysconfig.get_config_var("CC") or "").partition(" ")[0]
    if program and shutil.which(program) is None:
        raise InputError(
            f"a C compiler is needed to compile the reader, and {program!r} is not on this machine; install one (on Debian: apt-get "
            "install gcc; on macOS: xcode-select --install) or name one by CC=. Without it Marsad works all the same, only slower"
        )
    header = Path(sysconfig.get_path("include"), "Python.h")
    if not header.is_file():
        raise InputError(
            f"the headers of Python are needed to compile the reader, and {header} is not there (on Debian: python3-dev)"
        )


def _compare() -> None:
    """Lets the compiled reader and the sources read the same texts."""
    answers = []
    for way in ("False", "True"):
        code = f"from marsad.compiling import answer; answer({way})"
        environment = {**os.environ, "MARSAD_PURE": "1", "MARSAD_DEBUG": "1"}
        search = os.pathsep.join(filter(None, (str(compiled.PACKAGE.parent), os.environ.get("PYTHONPATH"))))
        done = subprocess.run(
            [sys.executable, "-c", code], env={**environment, "PYTHONPATH": search}, capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise InputError(f"the reader fails{' when it is compiled' if way == 'True' else ''}:\n{done.stderr.strip()}")
        answers.append(done.stdout.splitlines())
    apart = sum(one != other for one, other in zip(*answers, strict=True))
    if apart:
        raise InputError(
            f"the compiled reader reads {apart} of {len(answers[0])} texts otherwise than its sources; it is not used"
        )
    tell(f"the compiled reader reads {len(answers[0])} texts as its sources do")


def answer(fast: bool) -> None:
    """Prints for each text of the pack's examples what tells its claims from others."""
    if fast:
        compiled.take()
    from marsad.batch import read_all
    from marsad.lexicon.table import read_table
    from marsad.model import Document

    tables = sorted((compiled.PACKAGE / "packs/ar/examples").glob("*.tsv"))
    sentences = [max(row.cells.values(), key=len) for file in tables for row in read_table(f"ar/examples/{file.name}")]
    texts = [" ".join(sentences[at : at + _TEXTS]) for at in range(0, len(sentences), _TEXTS)]
    for reading in read_all(
        [Document(str(number), text, "", "2018-12-16", language="ar") for number, text in enumerate(texts)], 1
    ):
        said = json.dumps([claim.to_dict() for claim in reading.claims], sort_keys=True)
        print(hashlib.blake2b(said.encode(), digest_size=16).hexdigest(), len(reading.claims))


def tell(line: str) -> None:
    print(line, file=sys.stderr)


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m marsad.compiling", description="Compile the reader, so that it reads faster."
    )
    parser.add_argument("--work", type=Path, help="a folder for what is made on the way (default: one that is removed)")
    arguments = parser.parse_args()
    start = time.monotonic()
    try:
        if arguments.work is None:
            with tempfile.TemporaryDirectory() as work:
                compile_reader(Path(work))
        else:
            compile_reader(arguments.work.absolute())
    except InputError as error:
        tell(f"error: {error}")
        return 1
    tell(f"the reader is compiled ({time.monotonic() - start:,.0f} s); its modules lie in {compiled.folder()}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

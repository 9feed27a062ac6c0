"""What a wheel holds, and that it is enough: from it alone the demo starts."""

import os
import re
import subprocess
import sys
import time
import venv
import zipfile
from collections.abc import Callable, Collection
from importlib.metadata import distributions
from pathlib import Path

import httpx
import pytest
from tests.house.locked import brought, canonical

PATIENCE = 60.0
DATA = (".html", ".css", ".js", ".svg", ".po", ".mo", ".toml", ".csv", ".txt", ".typed")
SHIPPED = ("biztek", "connexys", "easymeeting", "easymeeting.nb", "lifesize")


@pytest.fixture(scope="module")
def wheel(
    repository: Path,
    system_part: Callable[[str], str],
    tmp_path_factory: pytest.TempPathFactory,
) -> Path:
    """A wheel built from the tree, with what the set-up fetched: no network is asked."""
    fetched = repository / ".tools" / "uv" / "bin" / "uv"
    uv = str(fetched) if fetched.exists() else system_part("uv")
    folder = tmp_path_factory.mktemp("wheel")
    built = subprocess.run(
        [uv, "build", "--wheel", "--offline", "--python", sys.executable, "-o", folder, repository],
        capture_output=True,
        text=True,
        check=False,
    )
    if built.returncode and "hatchling" in built.stderr:
        system_part("hatchling")
    assert built.returncode == 0, built.stderr
    (found,) = folder.glob("*.whl")
    return found


def test_a_wheel_holds_every_file_that_the_code_reads(wheel: Path, repository: Path) -> None:
    held = set(zipfile.ZipFile(wheel).namelist())
    source = repository / "src"
    wanted = {
        path.relative_to(source).as_posix()
        for path in source.rglob("*")
        if path.suffix in (".py", *DATA) and "__pycache__" not in path.parts
    }
    wanted |= {f"uphold/server/demo/agreements/{name}.md" for name in SHIPPED}
    assert wanted - held == set()
    assert {name for name in held - wanted if name.startswith("uphold/")} <= {
        "uphold/demo_checks.csv.license"
    }


def test_a_wheel_holds_nothing_else(wheel: Path) -> None:
    tops = {name.partition("/")[0] for name in zipfile.ZipFile(wheel).namelist()}
    assert {re.sub(r"-[\d.]+\.", ".", top) for top in tops} == {"uphold", "uphold.dist-info"}


def installed(wheel: Path, folder: Path, libraries: Collection[str]) -> Path:
    """An environment with the wheel, and of all libraries only these, as far as they are here."""
    venv.create(folder, with_pip=False, symlinks=True)
    (packages,) = folder.glob("lib/python3*/site-packages")
    zipfile.ZipFile(wheel).extractall(packages)
    for each in distributions():
        for file in (each.files or ()) if canonical(each.name) in libraries else ():
            top = Path(file.parts[0])
            here, there = packages / top, Path(str(each.locate_file(top)))
            if top.name not in ("..", "__pycache__") and not here.exists():
                here.symlink_to(there)
    return folder / "bin" / "python"


@pytest.mark.long
def test_the_demo_starts_from_a_wheel_in_an_empty_environment(
    wheel: Path, repository: Path, tmp_path: Path
) -> None:
    python = installed(wheel, tmp_path / "environment", brought(repository, "server"))
    home = tmp_path / "home"
    home.mkdir()
    own = {name: value for name, value in os.environ.items() if not name.startswith("UPHOLD_")}
    said = home / "said"
    with said.open("wb") as file:
        process = subprocess.Popen(
            [python, "-I", "-m", "uphold", "demo", "--bind", "127.0.0.1:0", "--quiet"],
            env=own | {"LANG": "en_GB.UTF-8"},
            cwd=home,
            stdout=file,
            stderr=subprocess.STDOUT,
        )
    try:
        page = httpx.get(address(process, said), follow_redirects=True, timeout=PATIENCE)
        assert page.status_code == 200
        styles = re.findall(r'<link rel="stylesheet" href="([^"]+)"', page.text)
        assert styles
        for each in styles:
            assert httpx.get(page.url.join(each)).headers["content-type"].startswith("text/css")
        process.terminate()
        assert process.wait(PATIENCE) == 0
        assert "Traceback" not in said.read_text("utf-8")
    finally:
        if process.poll() is None:
            process.kill()
            process.wait(PATIENCE)


def address(process: subprocess.Popen[bytes], said: Path) -> str:
    """The address that the process prints, once it answers there."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and process.poll() is None:
        found = re.search(r"http://\S+", said.read_text("utf-8"))
        try:
            if found and httpx.get(f"{found[0]}health/ready").status_code == 200:
                return found[0]
        except httpx.TransportError:
            pass
        time.sleep(0.05)
    raise AssertionError(said.read_text("utf-8"))

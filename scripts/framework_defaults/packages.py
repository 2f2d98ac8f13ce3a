"""Packages of PyPI, downloaded and read without being installed."""

import subprocess
import sys
import tarfile
import tempfile
import zipfile
from pathlib import Path


class Missing(Exception):
    """A package, a file or a place in it is not there."""


class Package:
    """One version of a package: its files by their paths in the wheel, or in the sources where there is no wheel."""

    def __init__(self, name, version, read, paths):
        self.name = name
        self.version = version
        self._read = read
        self._paths = paths
        self._texts = {}

    def __str__(self):
        return f"{self.name} {self.version}"

    def has(self, path):
        return path in self._paths

    def paths(self):
        return self._paths.keys()

    def text(self, path):
        if path not in self._paths:
            raise Missing(f'{self} has no file "{path}"')
        if path not in self._texts:
            self._texts[path] = self._read(self._paths[path]).decode("utf-8", "replace")
        return self._texts[path]


def opened(archive, name, version):
    """Returns the package in a wheel or in a tar file of sources."""
    if archive.suffix in (".whl", ".zip"):
        wheel = zipfile.ZipFile(archive)
        return Package(name, version, wheel.read, {path: path for path in wheel.namelist()})
    # Open as long as the package is.
    sources = tarfile.open(archive)  # noqa: SIM115
    members = {member.name: member for member in sources.getmembers() if member.isfile()}
    paths = {}
    for path, member in members.items():
        inside = path.split("/", 1)[-1]
        paths[inside] = member
        paths.setdefault(inside.removeprefix("src/"), member)
    return Package(name, version, lambda member: sources.extractfile(member).read(), paths)


def download(name, version, folder, platform=None):
    """Returns a package at a version, or at its newest for None; what was downloaded once is kept in the folder."""
    kept = folder / f"{name}-{version}"
    if version is None or not list(kept.glob("*.*")):
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder) as fresh:
            wanted = name if version is None else f"{name}=={version}"
            command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps"]
            # Nothing of it will run, so it may be meant for another Python.
            command += ["--ignore-requires-python", "--dest", fresh, wanted]
            if platform:
                command += ["--platform", platform, "--only-binary", ":all:", "--python-version", "3.11"]
            result = subprocess.run(command, check=False, capture_output=True, text=True)
            archives = list(Path(fresh).glob("*"))
            if result.returncode != 0 or not archives:
                reason = (result.stderr.strip().splitlines() or ["nothing was downloaded"])[-1]
                raise Missing(f"{wanted} cannot be downloaded: {reason}")
            version = version or version_of(archives[0])
            kept = folder / f"{name}-{version}"
            kept.mkdir(exist_ok=True)
            archives[0].rename(kept / archives[0].name)
    return opened(next(kept.glob("*.*")), name, version)


def version_of(archive):
    """Returns the version in the file name of a wheel or of sources."""
    if archive.suffix == ".whl":
        return archive.name.split("-")[1]
    return archive.name.removesuffix(".tar.gz").removesuffix(".zip").rsplit("-", 1)[-1]

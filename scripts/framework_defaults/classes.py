"""The defaults of classes that the table of the dialects of object trees states, each with the place where it was read."""

from .definitions import Citation

START, END = "let optimizerTable: StaticString = \"\"\"", "\"\"\""
# Wheels for Linux carry libraries for GPUs, of which nothing is read.
PLATFORMS = {"torch": "macosx_14_0_arm64"}


def read(file):
    """Returns the sources and citations of the table in a Swift file."""
    sources, citations = {}, []
    lines = file.read_text().splitlines()
    start = next(number for number, line in enumerate(lines) if START in line)
    for number, line in enumerate(lines[start + 1 :], start + 2):
        if line.strip() == END:
            break
        cells = [cell.strip() for cell in line.split("|")]
        if len(cells) < 5:
            continue
        name, source, stated = cells[0], cells[3], cells[4]
        package, version, place = source.split()
        sources[package] = {"package": package, "version": version, "platform": PLATFORMS.get(package)}
        for argument, value in (each.split("=") for each in stated.split()):
            numbers = [float(number) for number in value.split(",")]
            citations.append(
                Citation(
                    file=file,
                    line=number,
                    path=f"{name}.{argument}",
                    source=f"{package} {place}.__init__({argument})",
                    has_value=True,
                    value=numbers if len(numbers) > 1 else numbers[0],
                )
            )
    return sources, citations

"""What the benchmarks share: the release binary, the other tools, the machine, and the page that figures are written into."""

import datetime
import os
import platform
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "performance.md"
# Above this load for each processor another program is at work.
BUSY = 0.25


def add_options(parser):
    """Add the options that all benchmarks have."""
    parser.add_argument("--tools", help="an environment with the other tools")
    parser.add_argument("--print", action="store_true", dest="only_print", help="leave docs/performance.md as it is")
    parser.add_argument("--busy", action="store_true", help="measure on a busy machine too; implies --print")


def refuse_busy(options):
    """End the program on a busy machine, unless the options allow one."""
    load = os.getloadavg()[0] / len(os.sched_getaffinity(0))
    if load > BUSY and not options.busy:
        sys.exit(f"{Path(sys.argv[0]).name}: the machine is busy (load {load:.2f} for each processor); figures would tell nothing")


def binary():
    """Return the path of the binary that EPOCHZERO names, or of a release build."""
    if "EPOCHZERO" in os.environ:
        return os.path.abspath(os.environ["EPOCHZERO"])
    script = ". scripts/requirements.sh; require_toolchain; install_packages time; build_release"
    output = subprocess.run(["bash", "-c", script], cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True).stdout
    return output.strip().splitlines()[-1]


def install(folder, tools):
    """Install tools in an environment of their own and return its folder."""
    subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    subprocess.run([f"{folder}/bin/pip", "install", "--quiet", *tools], check=True)
    return folder


def version(program):
    text = subprocess.run([program, "--version"], capture_output=True, text=True).stdout
    return re.search(r"\d+(\.\d+)+", text)[0]


def yamllint_rules(tools):
    """Return the names of all rules that yamllint has."""
    code = "import yamllint.rules as rules; print(*rules._RULES)"
    return subprocess.run([f"{tools}/bin/python", "-c", code], capture_output=True, text=True, check=True).stdout.split()


def figure(value):
    return f"{value:.2f}" if value < 10 else f"{value:.1f}" if value < 100 else f"{value:,.0f}"


def machine():
    """Return one line on what was measured on."""
    processor = re.search(r"model name\s*: (.+)", Path("/proc/cpuinfo").read_text())
    memory = int(re.search(r"MemTotal:\s*(\d+)", Path("/proc/meminfo").read_text())[1]) / 2**20
    system = platform.freedesktop_os_release()["PRETTY_NAME"]
    name = processor[1].strip() if processor else platform.machine()
    return f"{name}, {len(os.sched_getaffinity(0))} processors, {memory:.0f} GB, {system}, Linux {platform.release()}"


def report(options, program, tools, table):
    """Print a table, and write it into the page between the marks of the script.

    `tools` are the names and versions of what was measured beside the program.
    """
    own = subprocess.run([program, "--version"], capture_output=True, text=True).stdout.strip()
    text = f"{datetime.date.today()}, {machine()}. epochzero {own}, {tools}, Python {platform.python_version()}.\n\n{table}"
    print(text)
    if options.busy or options.only_print:
        return
    begin, end = f"<!-- figures of scripts/{Path(sys.argv[0]).name} -->", "<!-- end of the figures -->"
    before, rest = PAGE.read_text().split(begin)
    after = rest.split(end, 1)[1]
    PAGE.write_text(f"{before}{begin}\n\n{text}\n\n{end}{after}")
    print(f"\nwritten into {PAGE.relative_to(ROOT)}")

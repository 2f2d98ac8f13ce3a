"""A framework of three files, and definitions of it: what is right passes, and each wrong default is found."""

import tempfile
import zipfile
from pathlib import Path

from . import packages

FILES = {
    "frame/arguments.py": '''
from dataclasses import dataclass, field
from enum import Enum
from .constants import EPOCHS, SHARED

class Words(Enum):
    ADAM_TORCH = "adam_torch"

class Base:
    seed: int = 42

@dataclass
class Arguments(Base):
    """A doc string: lr: float = 9."""
    lr: float = 5e-5
    clip: float | None = field(default=1.0, metadata={"help": "the norm"})
    optim: Words = Words.ADAM_TORCH
    betas: tuple = (0.9, 0.999)
    steps: int = Field(default_factory=lambda: 2 * 50)
    batch: int = Field(...)
    epochs: int = EPOCHS
    name: str
''',
    "frame/constants.py": """
EPOCHS = 3
SHARED = {"decay": 0.1, "act": nn.Tanh}
if True:
    BOTH = 1
else:
    BOTH = 2
""",
    "frame/train.py": """
from .constants import SHARED
import frame

DEFAULTS = {**SHARED, "warm": -1}

def settings():
    made = dict(lr=0.003, nested={"on": False})
    return made

class Trainer:
    rate = 0.25
    half = rate / 2

    def __init__(self, width, depth=2, *, act="relu", cut=None):
        self.clip = self.config.get("clip", 0.5)
        parser.add_argument("--batch-size", type=int, default=64)

def configure(cfg):
    cfg.optim.base_lr = 0.01
""",
    "frame/default.yaml": "lr0: 1e-2\nnested: {momentum: 0.9}\n",
    "frame/default.cfg": "[training]\ndropout = 0.1\n[training.optimizer]\nL2 = 0.01\n",
}

# What a definition states of a place; all of it is right.
RIGHT = [
    ("arguments.py:Arguments.lr", "5e-5"),
    ("arguments.py:Arguments.clip", "1"),
    ("arguments.py:Arguments.optim", "adam"),
    ("arguments.py:Arguments.betas", "[0.9, 0.999]"),
    ("arguments.py:Arguments.steps", "100"),
    ("arguments.py:Arguments.epochs", "3"),
    ("arguments.py:Arguments.seed", "42"),
    ('train.py:DEFAULTS["warm"]', "-1"),
    ('train.py:DEFAULTS["decay"]', "0.1"),
    ('train.py:SHARED["act"]', "tanh"),
    ('train.py:settings()["lr"]', "0.003"),
    ('train.py:settings()["nested"]["on"]', "false"),
    ("train.py:Trainer.half", "0.125"),
    ("train.py:Trainer.__init__(depth)", "2"),
    ("train.py:Trainer(act)", "relu"),
    ("train.py:Trainer.__init__(cut)", "null"),
    ('train.py:Trainer.__init__.get("clip")', "0.5"),
    ('train.py:Trainer.__init__.add_argument("batch_size")', "64"),
    ("train.py:configure.cfg.optim.base_lr", "0.01"),
    ("default.yaml:lr0", "0.01"),
    ("default.yaml:nested.momentum", "0.9"),
    ("default.cfg:training.optimizer.L2", "0.01"),
]

# The same with what must be said of it.
WRONG = [
    ("arguments.py:Arguments.lr", "5e-4", "stated 0.0005, frame 1.2 says 5e-05"),
    ("arguments.py:Arguments.clip", "null", "stated null, frame 1.2 says 1.0"),
    ("arguments.py:Arguments.optim", "sgd", 'stated "sgd", frame 1.2 says "adam_torch"'),
    ("arguments.py:Arguments.betas", "[0.9, 0.99]", "says [0.9, 0.999]"),
    ("arguments.py:Arguments.batch", "8", "says no default"),
    ("arguments.py:Arguments.name", "x", "says no default"),
    ("arguments.py:Arguments.rate", "1", 'there is no "rate" in "Arguments"'),
    ("gone.py:Arguments.lr", "1", 'no file "frame/gone.py"'),
    ('train.py:DEFAULTS["cold"]', "1", 'there is no entry "cold"'),
    ('train.py:settings()["nested"]["on"]', "0", "stated 0, frame 1.2 says False"),
    ("train.py:Trainer.__init__(depth)", "3", "says 2"),
    ("train.py:Trainer.__init__(width)", "3", "says no default"),
    ("train.py:Trainer.__init__(height)", "3", 'has no parameter "height"'),
    ('train.py:Trainer.__init__.get("clip")', "1", "says 0.5"),
    ('train.py:Trainer.__init__.get("norm")', "1", 'no call get("norm")'),
    ('train.py:settings()["lr"]', "relu", "says 0.003"),
    ("default.yaml:lr1", "1", 'there is no "lr1"'),
]


def definition(cases):
    """Returns a definition with a key for each case."""
    lines = ["sources:", "  frame: {package: frame, version: 1.2}", "  c: {repository: https://example.com/c, commit: abc}", "keys:"]
    for index, (place, value) in enumerate(cases):
        lines += [f"  key{index}:", f"    default: {value}", "    words: {adam_torch: adam}", f"    source: 'frame frame/{place}'"]
    return "\n".join(lines) + "\n"


def run(check):
    """Runs the check over definitions that are right and wrong; prints what went wrong and returns the exit status."""
    failures = []
    with tempfile.TemporaryDirectory() as folder:
        wheel = Path(folder, "frame-1.2-py3-none-any.whl")
        with zipfile.ZipFile(wheel, "w") as archive:
            for path, text in FILES.items():
                archive.writestr(path, text)
        package = packages.opened(wheel, "frame", "1.2")
        file = Path(folder, "frame.yaml")

        def checked(text):
            file.write_text(text)
            return check([file], lambda source: package)

        result = checked(definition(RIGHT))
        failures += [f"taken for wrong: {line}" for line in result.differences + result.only_cited]
        if result.compared != len(RIGHT):
            failures.append(f"{result.compared} of {len(RIGHT)} right defaults were compared")
        for place, value, expected in WRONG:
            lines = checked(definition([(place, value)])).differences
            if len(lines) != 1 or expected not in lines[0] or f"{file}:6: keys.key0: " not in lines[0]:
                failures.append(f"{place} stated as {value}: {lines or 'not found'}")
        others = {
            "keys: {a: {default: 1, source: 'frame frame/x.py:A'}}": 'there is no source "frame"',
            definition([]) + "  a: {default: 1, source: 'frame'}": '"frame" is no source',
            definition([]) + "  a: {fact: training.epochs, default: 1}": "without a source",
            definition([]) + "  a: {defaults: [{value: 3, since: 1.3, source: 'frame frame/constants.py:EPOCHS'}]}": "it holds since 1.3",
            definition([]) + "  a: {defaults: [{value: 3, until: 1.1, source: 'frame frame/constants.py:EPOCHS'}]}": "it holds until 1.1",
        }
        for text, expected in others.items():
            lines = checked(text).differences
            if len(lines) != 1 or expected not in lines[0]:
                failures.append(f"{text}: {lines or 'not found'}")
        cited = checked(definition([]) + "  a: {default: 1, source: 'c c.cpp:12'}\n  b: {default: 1, source: 'frame frame/constants.py:BOTH'}\n")
        if len(cited.only_cited) != 2 or cited.differences:
            failures.append(f"what can only be cited: {cited.only_cited}, {cited.differences}")
        named = checked(definition([]) + "  a: {default: adam, source: 'frame frame/train.py:Trainer'}\n")
        if named.seen != 1 or named.differences:
            failures.append(f"what is only named: {named}")
    print(f"{len(RIGHT)} right and {len(WRONG) + len(others)} wrong defaults: {'; '.join(failures) or 'each is judged as it should be'}")
    return 1 if failures else 0

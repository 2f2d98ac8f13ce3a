"""Reads the value at a named place of a Python, YAML, JSON or INI file, from its text alone: nothing is imported or run.

A place is a path of names, from the file inwards:

    TrainingArguments.max_grad_norm     a field of a class, of the classes it is made from too
    PPO.__init__(max_grad_norm)         what a parameter is when it is not given
    GRADIENT_CLIPPING_DEFAULT           a constant
    DEFAULTS["lr"]                      an entry of a dict, of a list by its position
    settings()["lr"]                    an entry of what a function returns
    set_cfg.cfg.optim.base_lr           what a function assigns
    A2CBase.__init__.get("grad_norm")   what a call takes where a key is absent: `config.get("grad_norm", 1.0)`, `Argument("lr", default=1.0)`
    Solver                              a class or function by its name: that it is there
"""

import ast
import configparser
import json
import operator
import re

import yaml

from .packages import Missing


class Unreadable(Exception):
    """A place is there, and what it holds is no constant."""


class Symbol(str):
    """The name of a class or function that a value stands for."""


class Required:
    """What a place holds that has no default."""

    def __str__(self):
        return "no default"


class Itself:
    """What a place is that names a class or function."""


# The depth of names that stand for names.
DEPTH = 20
STEP = re.compile(r"""\.?(?P<name>[A-Za-z_]\w*)|\[(?P<key>"[^"]*"|'[^']*'|-?\d+)\]|\((?P<argument>\w+|"[^"]*"|'[^']*')?\)""")
OPERATIONS = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.FloorDiv: operator.floordiv,
    ast.Pow: operator.pow,
}
CONTAINERS = {"list": list, "dict": dict, "set": list, "tuple": list}


def steps_of(place):
    """Splits a place into its steps: ("name", n), ("key", k), ("argument", a), ("call", None)."""
    steps, at = [], 0
    while at < len(place):
        match = STEP.match(place, at)
        if not match:
            raise Missing(f'"{place}" is no place: "{place[at:]}" cannot be understood')
        if match["name"]:
            steps.append(("name", match["name"]))
        elif match["key"]:
            steps.append(("key", ast.literal_eval(match["key"])))
        elif match["argument"]:
            quoted = match["argument"][0] in "\"'"
            steps.append(("string", match["argument"][1:-1]) if quoted else ("argument", match["argument"]))
        else:
            steps.append(("call", None))
        at = match.end()
    return steps


def value_at(package, path, place):
    """Returns what a place of a file holds: a constant, a Symbol, Required or Itself."""
    suffix = path.rsplit(".", 1)[-1]
    if suffix == "py":
        return Module.of(package, path).value_at(place)
    text = package.text(path)
    if suffix in ("yaml", "yml"):
        return entry(yaml.safe_load(text), place)
    if suffix == "json":
        return entry(json.loads(text), place)
    if suffix in ("cfg", "ini"):
        return setting(text, place)
    raise Unreadable(f"files of kind {suffix} are not read")


def entry(value, place):
    """Returns the entry of nested mappings at a path of keys with points between them."""
    for key in place.split("."):
        if isinstance(value, list) and key.isdigit() and int(key) < len(value):
            value = value[int(key)]
        elif isinstance(value, dict) and key in value:
            value = value[key]
        else:
            raise Missing(f'there is no "{key}"')
    return number_of(value)


def number_of(value):
    """PyYAML takes `1e-4` for text, and the frameworks that read such files themselves cast it."""
    if isinstance(value, str) and re.fullmatch(r"[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?", value):
        return float(value)
    return value


def setting(text, place):
    """Returns a setting of an INI file whose values are JSON: the section, a point and the key."""
    parser = configparser.ConfigParser(interpolation=None, strict=False)
    parser.optionxform = str
    parser.read_string(text)
    section, _, key = place.rpartition(".")
    if not parser.has_option(section, key):
        raise Missing(f'there is no "{key}" in "[{section}]"')
    value = parser.get(section, key)
    try:
        return json.loads(value)
    except ValueError:
        return value


class Module:
    """A Python file."""

    def __init__(self, package, path):
        self.package = package
        self.path = path
        self.tree = ast.parse(package.text(path))
        self.imports = {}
        for node in ast.walk(self.tree):
            if isinstance(node, ast.ImportFrom):
                for name in node.names:
                    self.imports.setdefault(name.asname or name.name, (node.module or "", node.level, name.name))

    @classmethod
    def of(cls, package, path):
        modules = package.__dict__.setdefault("modules", {})
        if path not in modules:
            modules[path] = cls(package, path)
        return modules[path]

    def value_at(self, place):
        found = Place(self, self.tree, [])
        steps = steps_of(place)
        at = 0
        while at < len(steps):
            found, taken = found.after(steps[at:])
            at += taken
        return Itself() if found.is_scope else found.value()

    def imported(self, name):
        """Returns the place that an imported name of the same package stands for, if any."""
        if name not in self.imports:
            return None
        module, level, original = self.imports[name]
        folder = self.path.split("/")[:-1]
        base = folder[: len(folder) - level + 1] if level else []
        parts = base + [part for part in module.split(".") if part]
        for path in ["/".join(parts) + ".py", "/".join([*parts, "__init__.py"])]:
            if self.package.has(path) and path != self.path:
                module = Module.of(self.package, path)
                try:
                    return Place(module, module.tree, []).member(original)
                except Missing:
                    continue
        return None


class Place:
    """A scope (file, class, function) or an expression, with the scopes that its names are looked up in."""

    def __init__(self, module, node, scopes, depth=0):
        self.module = module
        self.node = node
        self.scopes = scopes
        self.depth = depth
        if depth > DEPTH:
            raise Unreadable("names stand for names in a circle")

    @property
    def is_scope(self):
        return isinstance(self.node, (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef))

    def inside(self, node, scopes=None):
        return Place(self.module, node, self.scopes if scopes is None else scopes, self.depth + 1)

    # Steps

    def after(self, steps):
        """Returns the place that the first of the steps leads to, and how many were taken."""
        kind, step = steps[0]
        if kind == "name":
            if len(steps) > 1 and steps[1][0] == "string":
                return self.call(step, steps[1][1]), 2
            names = []
            for kind, name in steps:
                if kind != "name":
                    break
                names.append(name)
            return self.assigned(names)
        if kind == "argument":
            return self.parameter(step), 1
        if kind == "call":
            return self.returned(), 1
        return self.resolved().item(step), 1

    def assigned(self, names):
        """Returns the member by the first name, or what is assigned to several names with points between them."""
        for count in range(len(names), 1, -1):
            found = self.assignments(".".join(names[:count])) if self.is_scope else []
            if found:
                return self.only(found, ".".join(names[:count])), count
        return self.resolved().member(names[0]), 1

    def member(self, name):
        """Returns a class, function, field or constant by its name."""
        if not self.is_scope:
            raise Missing(f'"{ast.unparse(self.node)}" has no "{name}"')
        scopes = [*self.scopes, self.node]
        for node in statements(self.node):
            if isinstance(node, (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)) and node.name == name:
                return self.inside(node, scopes)
        found = self.assignments(name)
        if found:
            return self.only(found, name)
        if isinstance(self.node, ast.ClassDef):
            for base in self.node.bases:
                try:
                    return self.inside(base).resolved().member(name)
                except Missing:
                    continue
        if isinstance(self.node, ast.Module):
            imported = self.module.imported(name)
            if imported:
                return imported
        raise Missing(f'there is no "{name}" in {self.name()}')

    def assignments(self, target):
        """Returns what is assigned to a name, or to names with points; an annotation alone is itself."""
        found = []
        for node in statements(self.node):
            targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
            if not isinstance(node, (ast.Assign, ast.AnnAssign)):
                continue
            if any(each is not None and ast.unparse(each) == target for each in targets):
                found.append(node.value if node.value is not None else node)
        return found

    def only(self, found, name):
        texts = {ast.unparse(node) for node in found}
        if len(texts) > 1:
            raise Unreadable(f'"{name}" is assigned more than once')
        return self.inside(found[0], [*self.scopes, self.node])

    def parameter(self, name):
        if isinstance(self.node, ast.ClassDef):
            return self.member("__init__").parameter(name)
        if not isinstance(self.node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            raise Missing(f"{self.name()} is no function")
        arguments = self.node.args
        positional = [*arguments.posonlyargs, *arguments.args]
        pairs = list(zip(reversed(positional), reversed(arguments.defaults)))
        pairs += [(each, value) for each, value in zip(arguments.kwonlyargs, arguments.kw_defaults) if value is not None]
        for each, value in pairs:
            if each.arg == name:
                return self.inside(value)
        for each in [*positional, *arguments.kwonlyargs]:
            if each.arg == name:
                return self.inside(ast.AnnAssign(target=ast.Name(name), annotation=ast.Name(name), simple=1))
        raise Missing(f'{self.name()} has no parameter "{name}"')

    def returned(self):
        if not isinstance(self.node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            raise Missing(f"{self.name()} is no function")
        values = [node.value for node in statements(self.node) if isinstance(node, ast.Return) and node.value]
        if not values:
            raise Missing(f"{self.name()} returns nothing")
        return self.only(values, f"{self.node.name}()")

    def call(self, callee, key):
        """Returns what a call that names a key takes where the key is absent."""
        found = []
        for node in ast.walk(self.node):
            if not isinstance(node, ast.Call) or last_name(node.func) != callee:
                continue
            for position, argument in enumerate(node.args):
                if self.text_of(argument).lstrip("-").replace("-", "_") != key.lstrip("-").replace("-", "_"):
                    continue
                given = [each.value for each in node.keywords if each.arg == "default"]
                is_lookup = callee in ("get", "pop", "setdefault", "getattr")
                following = node.args[position + 1 : position + 2] if is_lookup else []
                found += given or following or ([ast.Constant(None)] if is_lookup else [])
        if not found:
            raise Missing(f'{self.name()} has no call {callee}("{key}") with a default')
        return self.only(found, f'{callee}("{key}")')

    def item(self, key):
        """Returns an entry of a dict or list."""
        node = self.node
        if isinstance(node, ast.Dict):
            for name, value in zip(node.keys, node.values):
                if name is None:
                    try:
                        return self.inside(value).resolved().item(key)
                    except Missing:
                        continue
                if self.inside(name).plain() == key:
                    return self.inside(value)
        elif isinstance(node, ast.Call) and last_name(node.func) in ("dict", "OrderedDict"):
            for each in node.keywords:
                if each.arg == key:
                    return self.inside(each.value)
            for argument in node.args:
                return self.inside(argument).resolved().item(key)
        elif isinstance(node, (ast.List, ast.Tuple)) and isinstance(key, int) and key < len(node.elts):
            return self.inside(node.elts[key])
        raise Missing(f'there is no entry "{key}"')

    # Values

    def resolved(self):
        """Follows names to what they stand for."""
        node = self.node
        if isinstance(node, ast.Name):
            for count in range(len(self.scopes), 0, -1):
                try:
                    found = self.inside(self.scopes[count - 1], self.scopes[: count - 1]).member(node.id)
                except Missing:
                    continue
                return found.resolved()
            raise Missing(f'"{node.id}" is not known here')
        if isinstance(node, ast.Attribute):
            return self.inside(node.value).resolved().member(node.attr).resolved()
        if isinstance(node, ast.Call) and not node.args and not node.keywords:
            try:
                function = self.inside(node.func).resolved()
            except (Missing, Unreadable):
                return self
            if isinstance(function.node, ast.FunctionDef):
                return function.returned().resolved()
        return self

    def plain(self):
        """The value, or None where it cannot be read."""
        try:
            return self.value()
        except (Missing, Unreadable):
            return None

    def value(self):
        node = self.node
        if isinstance(node, ast.Constant):
            return Required() if node.value is Ellipsis else node.value
        if isinstance(node, ast.AnnAssign):
            return Required()
        if isinstance(node, (ast.List, ast.Tuple, ast.Set)):
            return [self.inside(each).value() for each in node.elts]
        if isinstance(node, ast.Dict):
            pairs = [(key, value) for key, value in zip(node.keys, node.values) if key is not None]
            return {self.inside(key).value(): self.inside(value).value() for key, value in pairs}
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, (ast.USub, ast.UAdd, ast.Not)):
            value = self.inside(node.operand).value()
            return -value if isinstance(node.op, ast.USub) else (not value if isinstance(node.op, ast.Not) else value)
        if isinstance(node, ast.BinOp):
            return self.computed(node)
        if isinstance(node, ast.Call):
            return self.called(node)
        if isinstance(node, ast.Lambda):
            return self.inside(node.body).value()
        if isinstance(node, (ast.Name, ast.Attribute)):
            return self.named(node)
        raise Unreadable(f'"{ast.unparse(node)}" is no constant')

    def computed(self, node):
        left, right = self.inside(node.left).value(), self.inside(node.right).value()
        operation = OPERATIONS.get(type(node.op))
        if not operation or (isinstance(node.op, ast.Pow) and abs(right) > 100):
            raise Unreadable(f'"{ast.unparse(node)}" is no constant')
        try:
            return operation(left, right)
        except (TypeError, ArithmeticError) as error:
            raise Unreadable(str(error)) from error

    def named(self, node):
        """A name that stands for a constant is that; for a class, function, or what is not in the package, it is its own name."""
        try:
            found = self.resolved()
        except Missing:
            found = None
        if found is None or found.is_scope:
            return Symbol(last_name(node))
        return found.value()

    def called(self, node):
        name = last_name(node.func)
        keywords = {each.arg: each.value for each in node.keywords}
        if name == "dict":
            return {key: self.inside(value).value() for key, value in keywords.items() if key}
        if "default" in keywords:
            return self.inside(keywords["default"]).value()
        if "default_factory" in keywords:
            factory = keywords["default_factory"]
            return CONTAINERS[factory.id]() if isinstance(factory, ast.Name) and factory.id in CONTAINERS else self.inside(factory).value()
        if name in ("Field", "Option", "field", "attrib", "ib"):
            return self.inside(node.args[0]).value() if node.args else Required()
        if name in ("float", "int", "bool", "str", "tuple", "list") and len(node.args) == 1:
            value = self.inside(node.args[0]).value()
            return {"float": float, "int": int, "bool": bool, "str": str, "tuple": list, "list": list}[name](value)
        return Symbol(name)

    def text_of(self, node):
        value = self.inside(node, [*self.scopes, self.node]).plain()
        return value if isinstance(value, str) else ""

    def name(self):
        return f'"{self.node.name}"' if hasattr(self.node, "name") else self.module.path


def last_name(node):
    """The last of names with points between them."""
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def statements(node):
    """The statements of a scope, in branches and loops too, but not in what it defines."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.stmt):
            yield child
        if not isinstance(child, (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef, ast.expr)):
            yield from statements(child)

"""Decides between the packages that a function brings and those that stand in
for them: its own come first, unless they cannot work here."""

import importlib.machinery
import os
import sys


def arrange(root, library, output):
    """Looks at what the package in the folder root brings."""
    if _unusable_pillow(os.path.join(root, "PIL")):
        sys.meta_path.insert(0, _StandIn("PIL", library, output))
    if os.path.isdir(os.path.join(root, "botocore")):
        sys.meta_path.insert(0, _Endpoint())


def _unusable_pillow(folder):
    """The name of a Pillow's native part, if it has one that is not for this
    interpreter."""
    try:
        names = os.listdir(folder)
    except OSError:
        return False
    native = [name for name in names if name.startswith("_imaging.")]
    return bool(native) and not any(
        name == "_imaging" + suffix for name in native for suffix in importlib.machinery.EXTENSION_SUFFIXES)


class _StandIn:
    """Finds a package in the library only, and says so."""

    def __init__(self, name, library, output):
        self._name, self._library, self._output = name, library, output

    def find_spec(self, name, path=None, target=None):
        if name != self._name:
            return None
        self._output.log(
            "[LAB] The Pillow in this package is built for another Python or computer than this one "
            "(CPython %d.%d, %s): the sandbox's stand-in for PIL is used instead."
            % (*sys.version_info[:2], sys.platform))
        return importlib.machinery.PathFinder.find_spec(name, [self._library])


class _Endpoint:
    """Tells a botocore that is too old to know AWS_ENDPOINT_URL (before 1.31)
    about it."""

    def find_spec(self, name, path=None, target=None):
        if name != "botocore.session":
            return None
        sys.meta_path.remove(self)
        spec = importlib.machinery.PathFinder.find_spec(name, path)
        if spec is None or spec.loader is None:
            return spec
        load = spec.loader.exec_module

        def exec_module(module):
            load(module)
            create = module.Session.create_client

            def create_client(session, *args, **named):
                if len(args) < 6 and named.get("endpoint_url") is None:
                    named["endpoint_url"] = os.environ.get("AWS_ENDPOINT_URL")
                return create(session, *args, **named)

            module.Session.create_client = create_client

        spec.loader.exec_module = exec_module
        return spec

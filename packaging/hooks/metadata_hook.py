"""Ties what is installed from a checkout to the wheel of the same version."""

from hatchling.metadata.plugin.interface import MetadataHookInterface


class SameVersionHook(MetadataHookInterface):
    """Asks for the wheel of this version, which would otherwise be written down a second time."""

    def update(self, metadata):
        metadata["dependencies"] = [f"epochzero=={metadata['version']}"]

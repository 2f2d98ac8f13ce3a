"""Ties the extra "dryrun" to the runner of the same version, which would otherwise be written down a second time."""

from hatchling.metadata.plugin.interface import MetadataHookInterface


class SameVersionHook(MetadataHookInterface):
    """Runner and linter speak with each other in words that may change with any version."""

    def update(self, metadata):
        metadata["optional-dependencies"] = {"dryrun": [f"epochzero-dryrun=={metadata['version']}"]}

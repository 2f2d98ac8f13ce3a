"""The twenty mistakes, by dialect: functions that change a parsed config, or why the dialect cannot have the mistake.

They know the formats, and nothing of how the linter reads them.
"""

from . import keras, ludwig, native
from .base import Config, NotHere

BY_DIALECT = {"keras": keras.MISTAKES, "ludwig": ludwig.MISTAKES, "native": native.MISTAKES}

__all__ = ["BY_DIALECT", "Config", "NotHere"]

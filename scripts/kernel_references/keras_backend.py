"""Keras, computing with PyTorch in double precision. The families import it from here, so that it is set up once."""

import os

os.environ["KERAS_BACKEND"] = "torch"

import keras  # noqa: E402

keras.config.set_floatx("float64")

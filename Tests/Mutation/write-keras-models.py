#!/usr/bin/env python3
"""Write the healthy Keras models of the mutation test, as Keras itself writes them.

    KERAS_BACKEND=numpy write-keras-models.py

Needs Keras 3 in the Python that runs it. Each model is one that people train: its size, rates and regularisation are those of
the tutorials and papers of its kind. What Keras's JSON cannot say, the data and the run, stands in the file beside each.
"""

import pathlib

import keras
from keras import layers as l

FOLDER = pathlib.Path(__file__).resolve().parent / "configs" / "keras"


def house_prices():
    """Regression on eight numbers a house, standardised by the model."""
    model = keras.Sequential(
        [
            keras.Input((8,), name="house"),
            l.Normalization(name="standardise"),
            l.Dense(128, activation="relu", kernel_initializer="he_normal", name="hidden_1"),
            l.Dense(128, activation="relu", kernel_initializer="he_normal", name="hidden_2"),
            l.Dropout(0.1, name="drop"),
            l.Dense(1, name="log_price"),
        ],
        name="house_prices",
    )
    model.compile(keras.optimizers.Adam(1e-3), loss="mse", metrics=["mae"])
    return model


def churn():
    """Yes or no on forty columns, with batch normalisation."""
    model = keras.Sequential([keras.Input((40,), name="customer")], name="churn")
    for index, units in enumerate([256, 128, 64], start=1):
        model.add(l.Dense(units, use_bias=False, kernel_initializer="he_normal", name=f"dense_{index}"))
        model.add(l.BatchNormalization(name=f"norm_{index}"))
        model.add(l.Activation("relu", name=f"relu_{index}"))
        model.add(l.Dropout(0.2, name=f"drop_{index}"))
    model.add(l.Dense(1, activation="sigmoid", name="leaves"))
    model.compile(keras.optimizers.Adam(5e-4), loss="binary_crossentropy", metrics=["AUC"])
    return model


def digits():
    """The convolutional network that every course begins with."""
    model = keras.Sequential(
        [
            keras.Input((28, 28, 1), name="pixels"),
            l.Rescaling(1.0 / 255, name="rescale"),
            l.Conv2D(32, 3, activation="relu", name="conv_1"),
            l.MaxPooling2D(name="pool_1"),
            l.Conv2D(64, 3, activation="relu", name="conv_2"),
            l.MaxPooling2D(name="pool_2"),
            l.Flatten(name="flatten"),
            l.Dense(128, activation="relu", name="dense"),
            l.Dropout(0.25, name="drop"),
            l.Dense(10, activation="softmax", name="digit"),
        ],
        name="digits",
    )
    model.compile("adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


def residual_images():
    """A small residual network with the recipe of its paper: SGD with momentum, a falling rate, decay on the kernels."""
    decay = keras.regularizers.L2(1e-4)

    def convolution(x, filters, size, strides, name):
        x = l.Conv2D(
            filters, size, strides, "same", use_bias=False, kernel_initializer="he_normal", kernel_regularizer=decay,
            name=name + "_conv",
        )(x)  # fmt: skip
        return l.BatchNormalization(name=name + "_norm")(x)

    image = keras.Input((32, 32, 3), name="image")
    x = l.Rescaling(1.0 / 127.5, offset=-1, name="rescale")(image)
    x = l.ReLU(name="stem_relu")(convolution(x, 16, 3, 1, "stem"))
    for stage, filters in enumerate([16, 32, 64], start=1):
        for block in range(2):
            name = f"stage{stage}_block{block + 1}"
            strides = 2 if stage > 1 and block == 0 else 1
            shortcut = x if strides == 1 else convolution(x, filters, 1, strides, name + "_shortcut")
            y = l.ReLU(name=name + "_relu1")(convolution(x, filters, 3, strides, name + "_1"))
            y = convolution(y, filters, 3, 1, name + "_2")
            x = l.ReLU(name=name + "_relu2")(l.Add(name=name + "_add")([shortcut, y]))
    x = l.GlobalAveragePooling2D(name="pool")(x)
    model = keras.Model(image, l.Dense(10, activation="softmax", name="class")(x), name="residual_images")
    rate = keras.optimizers.schedules.CosineDecay(0.1, 70_000)
    model.compile(
        keras.optimizers.SGD(rate, momentum=0.9, nesterov=True),
        loss="sparse_categorical_crossentropy",
        metrics=["accuracy"],
    )
    return model


def sentiment():
    """Words to one probability, through a recurrent layer in both directions."""
    model = keras.Sequential(
        [
            keras.Input((200,), dtype="int32", name="words"),
            l.Embedding(20_000, 64, mask_zero=True, name="embedding"),
            l.Bidirectional(l.LSTM(64, name="lstm"), name="both_ways"),
            l.Dropout(0.2, name="drop"),
            l.Dense(64, activation="relu", name="dense"),
            l.Dense(1, activation="sigmoid", name="is_positive"),
        ],
        name="sentiment",
    )
    model.compile(keras.optimizers.RMSprop(1e-3), loss="binary_crossentropy", metrics=["accuracy"])
    return model


def energy_demand():
    """The next hours of a series from two days of eight measured ones; recurrent layers, clipped as they like it."""
    model = keras.Sequential(
        [
            keras.Input((48, 8), name="hours"),
            l.LSTM(64, return_sequences=True, name="lstm_1"),
            l.LSTM(64, name="lstm_2"),
            l.Dropout(0.1, name="drop"),
            l.Dense(64, activation="relu", name="dense"),
            l.Dense(6, name="demand"),
        ],
        name="energy_demand",
    )
    model.compile(keras.optimizers.Adam(1e-3, clipnorm=1.0), loss="huber", metrics=["mae"])
    return model


def news_topics():
    """A transformer block over token and position embeddings, trained by AdamW."""
    words = keras.Input((256,), dtype="int32", name="words")
    x = l.Embedding(30_000, 128, name="tokens")(words)
    for block in range(2):
        y = l.LayerNormalization(epsilon=1e-6, name=f"norm_{block}_1")(x)
        y = l.MultiHeadAttention(4, 32, dropout=0.1, name=f"attention_{block}")(y, y)
        x = l.Add(name=f"add_{block}_1")([x, y])
        y = l.LayerNormalization(epsilon=1e-6, name=f"norm_{block}_2")(x)
        y = l.Dense(512, activation="gelu", name=f"wide_{block}")(y)
        y = l.Dense(128, name=f"narrow_{block}")(y)
        y = l.Dropout(0.1, name=f"drop_{block}")(y)
        x = l.Add(name=f"add_{block}_2")([x, y])
    x = l.LayerNormalization(epsilon=1e-6, name="norm_end")(x)
    x = l.GlobalAveragePooling1D(name="pool")(x)
    model = keras.Model(words, l.Dense(20, activation="softmax", name="topic")(x), name="news_topics")
    model.compile(
        keras.optimizers.AdamW(3e-4, weight_decay=0.01, global_clipnorm=1.0),
        loss=keras.losses.SparseCategoricalCrossentropy(),
        metrics=["accuracy"],
    )
    return model


def machine_sensors():
    """An autoencoder of standardised sensor values: what it cannot rebuild is unusual."""
    model = keras.Sequential(
        [
            keras.Input((64,), name="sensors"),
            l.Dense(48, activation="elu", kernel_initializer="he_normal", name="encode_1"),
            l.Dense(24, activation="elu", kernel_initializer="he_normal", name="encode_2"),
            l.Dense(8, name="code"),
            l.Dense(24, activation="elu", kernel_initializer="he_normal", name="decode_2"),
            l.Dense(48, activation="elu", kernel_initializer="he_normal", name="decode_1"),
            l.Dense(64, name="rebuilt"),
        ],
        name="machine_sensors",
    )
    model.compile(keras.optimizers.Adam(1e-3), loss="mse", metrics=["mae"])
    return model


def question_tags():
    """Many labels that may hold together, from counts of words."""
    model = keras.Sequential(
        [
            keras.Input((5000,), name="words"),
            l.Dense(512, activation="relu", kernel_initializer="he_normal", name="dense_1"),
            l.Dropout(0.3, name="drop_1"),
            l.Dense(256, activation="relu", kernel_initializer="he_normal", name="dense_2"),
            l.Dropout(0.2, name="drop_2"),
            l.Dense(50, activation="sigmoid", name="tags"),
        ],
        name="question_tags",
    )
    model.compile(
        keras.optimizers.SGD(0.05, momentum=0.9),
        loss="binary_crossentropy",
        metrics=[keras.metrics.AUC(multi_label=True, name="auc"), keras.metrics.Precision(name="precision")],
    )
    return model


def film_ratings():
    """Embeddings of users and films, joined: the rating as a number."""
    user, film = keras.Input((), dtype="int32", name="user"), keras.Input((), dtype="int32", name="film")
    decay = keras.regularizers.L2(1e-6)
    x = l.Concatenate(name="pair")(
        [
            l.Embedding(6041, 32, embeddings_regularizer=decay, name="user_embedding")(user),
            l.Embedding(3953, 32, embeddings_regularizer=decay, name="film_embedding")(film),
        ]
    )
    x = l.Dense(128, activation="relu", name="dense_1")(x)
    x = l.Dropout(0.2, name="drop")(x)
    x = l.Dense(64, activation="relu", name="dense_2")(x)
    model = keras.Model([user, film], l.Dense(1, name="rating")(x), name="film_ratings")
    model.compile(
        keras.optimizers.SGD(0.01, momentum=0.9, clipnorm=5.0),
        loss=keras.losses.MeanSquaredError(),
        metrics=[keras.metrics.RootMeanSquaredError(name="rmse")],
    )
    return model


MODELS = [
    house_prices, churn, digits, residual_images, sentiment, energy_demand, news_topics, machine_sensors, question_tags,
    film_ratings,
]  # fmt: skip

if __name__ == "__main__":
    for make in MODELS:
        name = make.__name__.replace("_", "-")
        keras.utils.clear_session()
        (FOLDER / f"{name}.json").write_text(make().to_json() + "\n")
        print(f"configs/keras/{name}.json")

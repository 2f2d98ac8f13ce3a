"""What every dialect's mistakes are made with."""


class NotHere(Exception):
    """The mistake cannot be made in this config, or would do no harm in it; says why."""


class Config:
    """A healthy config: its parsed documents by file name, of which the first is the one that mistakes change."""

    def __init__(self, dialect, name, documents):
        self.dialect, self.name, self.documents = dialect, name, documents

    def document(self, ending):
        """Return the document whose file name ends so."""
        for name, document in self.documents.items():
            if name.endswith(ending):
                return document
        raise NotHere(f"has no {ending} file")


# Optimizers that divide each gradient by its own size. To them clipping all gradients alike changes next to nothing:
# scripts/measure-rates.py prints what was measured.
DIVIDING = {"adam", "adamw", "rmsprop", "nadam", "adamax", "radam", "lamb", "lion"}

# A keep probability from this drop rate down reads as 0.75 or more, which nobody drops.
LARGEST_KEPT = 0.25


def keep_of(rate):
    """Return the keep probability of a drop rate, as a person would write it."""
    return round(1 - rate, 4)


def only_with(condition, why):
    """Raise NotHere unless the condition holds."""
    if not condition:
        raise NotHere(why)

"""What the columns of a survey's export can hold (apart, for the settings name them and read no export)."""

from enum import StrEnum


class Kind(StrEnum):
    """What a column of an export holds."""

    COMMENT = "comment"
    NAME = "name"
    FIRST_NAME = "first_name"
    LAST_NAME = "last_name"
    EMAIL = "email"
    PHONE = "phone"
    ADDRESS = "address"
    DATE = "date"
    SCORE = "score"
    ID = "id"
    OTHER = "other"

"""When this run of the program began: imported first, since importing the rest takes as long as a colleague's act."""

from datetime import UTC, datetime

BEGAN = datetime.now(UTC)

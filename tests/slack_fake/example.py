"""A small landlord's workspace, for tests that need one of each: people, channels, a group."""

from tests.slack_fake.files import SharedFile
from tests.slack_fake.server import SlackFake
from tests.slack_fake.workspace import Channel, User


def small_workspace(kind: type[SlackFake] = SlackFake) -> SlackFake:
    channels = [
        Channel("C1", "intake", members={"U1", "U2", "U8"}),
        Channel("C2", "elsewhere", has_bot=False),
        Channel("C3", "old", is_archived=True),
        Channel("C4", "shared", is_ext_shared=True),
        Channel("G1", "private", "group", has_bot=False),
    ]
    users = [User("U1", "amara"), User("U2", "ben"), User("U8", deleted=True), User("U9", team_id="T9OTHER")]
    fake = kind(channels=channels, users=users, groups={"S1": ["U1"]})
    fake.workspace.dm("U1")
    fake.workspace.files["F8"] = SharedFile("F8", mode="tombstone")
    return fake

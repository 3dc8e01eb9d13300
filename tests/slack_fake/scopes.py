"""Which Web API methods the fake knows, what each may be given, and the scope each wants."""

from collections.abc import Mapping
from dataclasses import dataclass

HISTORY = {"channel": "channels:history", "group": "groups:history", "im": "im:history"}
READ = {"channel": "channels:read", "group": "groups:read", "im": "im:read"}
PAGE = ("cursor", "limit")
WINDOW = (*PAGE, "oldest", "latest", "inclusive", "include_all_metadata")
MESSAGE = ("text", "blocks", "thread_ts", "link_names", "parse", "mrkdwn")


@dataclass(frozen=True)
class Method:
    """A method's scope (one, or one for each kind of channel) and its arguments."""

    scope: str | Mapping[str, str] | None
    required: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    token: str = "bot"

    def scope_for(self, kind: str | None) -> str | None:
        if isinstance(self.scope, Mapping):
            return self.scope[kind] if kind else None
        return self.scope

    def any_scope(self) -> frozenset[str]:
        """The scopes of which at least one is needed."""
        if isinstance(self.scope, Mapping):
            return frozenset(self.scope.values())
        return frozenset({self.scope} if self.scope else ())


METHODS: dict[str, Method] = {
    "apps.connections.open": Method("connections:write", token="app"),
    "auth.test": Method(None),
    "chat.getPermalink": Method(None, ("channel", "message_ts")),
    "chat.postEphemeral": Method("chat:write", ("channel", "user"), MESSAGE),
    "chat.postMessage": Method(
        "chat:write",
        ("channel",),
        (*MESSAGE, "metadata", "reply_broadcast", "unfurl_links", "unfurl_media"),
    ),
    "chat.update": Method("chat:write", ("channel", "ts"), (*MESSAGE, "metadata", "reply_broadcast")),
    "conversations.history": Method(HISTORY, ("channel",), WINDOW),
    "conversations.info": Method(READ, ("channel",), ("include_locale", "include_num_members")),
    "conversations.members": Method(READ, ("channel",), PAGE),
    "conversations.open": Method("im:write", (), ("users", "channel", "return_im", "prevent_creation")),
    "conversations.replies": Method(HISTORY, ("channel", "ts"), WINDOW),
    "files.info": Method("files:read", ("file",), (*PAGE, "count", "page")),
    "reactions.add": Method("reactions:write", (), ("channel", "name", "timestamp")),
    "usergroups.users.list": Method("usergroups:read", ("usergroup",), ("include_disabled",)),
    "users.info": Method("users:read", ("user",), ("include_locale",)),
    "views.open": Method(None, ("trigger_id", "view")),
    "views.publish": Method(None, ("user_id", "view"), ("hash",)),
    "views.push": Method(None, ("trigger_id", "view")),
    "views.update": Method(None, ("view",), ("view_id", "external_id", "hash")),
}

# The scope each event wants (None: none), from docs.slack.dev/reference/events.
EVENTS: dict[str, str | None] = {
    "app_home_opened": None,
    "app_mention": "app_mentions:read",
    "app_uninstalled": None,
    "channel_archive": "channels:read",
    "channel_rename": "channels:read",
    "channel_unarchive": "channels:read",
    "group_archive": "groups:read",
    "group_rename": "groups:read",
    "group_unarchive": "groups:read",
    "link_shared": "links:read",
    "member_joined_channel": "channels:read",
    "member_left_channel": "channels:read",
    "message.channels": "channels:history",
    "message.groups": "groups:history",
    "message.im": "im:history",
    "message.mpim": "mpim:history",
    "reaction_added": "reactions:read",
    "reaction_removed": "reactions:read",
    "subteam_members_changed": "usergroups:read",
    "subteam_updated": "usergroups:read",
    "tokens_revoked": None,
    "user_change": "users:read",
}

# Bot scopes as docs.slack.dev/reference/scopes spells them.
_SPELT = """
    app_mentions:read assistant:write bookmarks:read bookmarks:write channels:history channels:join
    channels:manage channels:read channels:write.invites channels:write.topic chat:write
    chat:write.customize chat:write.public commands conversations.connect:manage
    conversations.connect:read conversations.connect:write dnd:read emoji:read files:read files:write
    groups:history groups:read groups:write groups:write.invites groups:write.topic im:history im:read
    im:write im:write.topic incoming-webhook links.embed:write links:read links:write
    metadata.message:read mpim:history mpim:read mpim:write mpim:write.topic pins:read pins:write
    reactions:read reactions:write reminders:read reminders:write remote_files:read remote_files:share
    remote_files:write team.preferences:read team:read tokens.basic usergroups:read usergroups:write
    users.profile:read users:read users:read.email users:write workflow.steps:execute
"""
SCOPES = frozenset(_SPELT.split())

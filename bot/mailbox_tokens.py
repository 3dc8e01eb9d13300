"""The way each mailbox signs in, made from its settings; a provider's library is loaded only where it is used."""

from pathlib import Path

from putright.bot.settings.mailbox import Mailbox, OAuth
from putright.mailbox.oauth import OAuthClient, Tokens, token_file


def tokens_of(box: Mailbox, database: Path) -> Tokens | None:
    """What gives the mailbox its access tokens; None where it has a password."""
    if box.oauth is None:
        return None
    client = OAuthClient(
        box.name, box.oauth.client_id, box.oauth.client_secret, tenant=box.oauth.tenant, url=box.oauth.url
    )
    kept = token_file(database, box.name)
    match box.oauth.kind:
        case OAuth.MICROSOFT:
            from putright.mailbox.oauth_microsoft import MicrosoftPerson

            return MicrosoftPerson(client, kept)
        case OAuth.MICROSOFT_APP:
            from putright.mailbox.oauth_microsoft import MicrosoftApp

            return MicrosoftApp(client)
        case _:
            from putright.mailbox.oauth_google import GooglePerson

            return GooglePerson(client, kept)

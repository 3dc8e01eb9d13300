"""The gallery of docs/slack.md, and the README, show what Slack is really sent."""

from tests.gallery import GALLERY, README, filled, surfaces


def test_each_surface_stands_in_the_gallery_as_slack_is_sent_it() -> None:
    drawn = surfaces()
    gallery, readme = (x.read_text(encoding="utf-8") for x in (GALLERY, README))
    assert not [name for name in drawn if f"<!-- {name} -->" not in gallery]
    assert (filled(gallery, drawn), filled(readme, drawn)) == (gallery, readme), (
        "run: python -m tests.gallery"
    )

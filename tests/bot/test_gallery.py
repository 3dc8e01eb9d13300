"""The README shows each of Slack's surfaces as Slack is really sent it."""

from tests.gallery import README, TITLES, filled, surfaces


def test_each_surface_stands_in_the_readme_as_slack_is_sent_it() -> None:
    drawn, readme = surfaces(), README.read_text(encoding="utf-8")
    assert set(drawn) == set(TITLES)
    assert filled(readme, drawn) == readme, "run: python -m tests.gallery"

"""Case references, as they are made and as people type them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from putright.cases.references import find_reference, reference


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param("HC-2026-0012", id="as it is written"),
        pytest.param("hc-2026-0012", id="in small letters"),
        pytest.param("HC-2026-12", id="without leading zeros"),
        pytest.param("HC-2026-000012", id="with more zeros"),
        pytest.param("hc 2026 12", id="with spaces"),
        pytest.param("HC2026/12", id="with a slash"),
        pytest.param("HC/2026/0012", id="with slashes"),
        pytest.param("hc_2026_12", id="with underscores"),
        pytest.param("HC20260012", id="with nothing between"),
        pytest.param("HC\u20132026\u20130012", id="with the dashes a word processor makes"),
        pytest.param("HC\u20112026\u20110012", id="with hyphens that do not break"),
        pytest.param("HC-2026\n-0012", id="broken over two lines"),
        pytest.param("why is hc-2026-0012 a complaint?", id="in a question"),
        pytest.param("(HC-2026-0012), and HC-2026-0013", id="the first of two"),
        pytest.param("Re: [HC-2026-0012] damp", id="in a subject"),
    ],
)
def test_what_is_read_as_a_reference(typed: str) -> None:
    assert find_reference(typed) == "HC-2026-0012"


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param("", id="nothing"),
        pytest.param("HC-26-12", id="a short year"),
        pytest.param("HC-2026", id="no number"),
        pytest.param("HC-2026-1234567", id="too long a number"),
        pytest.param("XHC-2026-0012", id="inside another word"),
        pytest.param("2026-0012", id="no letters"),
        pytest.param("HC-2026-12th", id="letters on the end"),
    ],
)
def test_what_is_no_reference(typed: str) -> None:
    assert find_reference(typed) is None


@given(st.integers(2019, 2099), st.integers(1, 999_999))
def test_a_reference_is_found_again(year: int, number: int) -> None:
    made = reference(year, number)
    assert find_reference(f"about {made}.") == made
    assert made.startswith(f"HC-{year}-") and len(made) >= 12

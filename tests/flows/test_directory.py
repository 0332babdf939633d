"""The directory's facts out and in: the four sheets and HSDS lose nothing, and every row that cannot be taken is named."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flows import directory as rules
from flows import hsds, hsds_in, workbook
from flows.workbook import WrongShape
from storage.directory import OrganisationFacts, ServiceFacts, Words
from storage.imports import organisation_of, packed, service_of
from storage.services import TOPICS

TODAY = date(2026, 3, 2)
FEW = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def said(most: int, least: int = 0) -> st.SearchStrategy[str]:
    """Words as they are stored: one line, no control characters."""
    return st.text(max_size=most).map(rules.cleaned).filter(
        lambda words: least <= len(words) <= most
    ) | st.sampled_from(["=1+1", "+386 x", "@a", "-", "'a"]).filter(lambda words: len(words) <= most)


SLUGS = st.from_regex(r"[a-z0-9]{1,8}(-[a-z0-9]{1,8})?", fullmatch=True)
TAGS = st.sampled_from(["sl", "sq", "en", "ar", "prs", "bs"])
DAYS = st.dates(date(2020, 1, 1), TODAY)
PHONES = st.none() | st.from_regex(r"[+0-9][0-9 ]{3,12}[0-9]", fullmatch=True).map(rules.cleaned)
WORDS = st.builds(Words, said(60, 1), said(120), said(120))
ORGANISATIONS = st.builds(
    OrganisationFacts,
    slug=SLUGS,
    name=said(80, 1),
    role=said(40, 1),
    address=said(120).map(lambda words: words or None),
    source=said(200, 1),
    verified_on=DAYS,
    contact_email=st.none() | st.just("info@example.org"),
    contact_phone=PHONES,
)
SPANS = st.builds(
    lambda day, start, size: (day, start, min(start + size, 24 * 60)),
    st.integers(0, 6), st.integers(0, 24 * 60 - 1), st.integers(1, 600),
)  # fmt: skip


def apart(week: list[tuple[int, int, int]]) -> tuple[tuple[int, int, int], ...]:
    """Openings of a day that do not overlap."""
    kept: list[tuple[int, int, int]] = []
    for span in sorted(week):
        if not kept or kept[-1][0] != span[0] or kept[-1][2] <= span[1]:
            kept.append(span)
    return tuple(kept)


@st.composite
def services(draw: st.DrawFn, owner: str, slug: str) -> ServiceFacts:
    checked = draw(DAYS)
    texts = {draw(st.sampled_from(["sl", "en"])): draw(WORDS)} | draw(
        st.dictionaries(TAGS, WORDS, max_size=3)
    )
    return ServiceFacts(
        slug=slug,
        organisation=owner,
        topic=draw(st.sampled_from(TOPICS)),
        texts=dict(sorted(texts.items())),
        source=draw(said(200, 1)),
        verified_on=checked,
        review_by=checked + timedelta(days=draw(st.integers(0, 900))),
        sensitive=draw(st.booleans()),
        cost_cents=draw(st.none() | st.integers(0, 100_000)),
        childcare=draw(st.none() | st.booleans()),
        place=draw(said(60)) or None,
        address=draw(said(120)) or None,
        phone=draw(PHONES),
        keywords=tuple(dict.fromkeys(draw(said(100)).split())),
        languages=tuple(sorted(draw(st.sets(TAGS)))),
        hours=apart(draw(st.lists(SPANS, max_size=6))),
        state=draw(st.sampled_from(["shown", "hidden"])),
    )


@st.composite
def directories(draw: st.DrawFn) -> tuple[list[OrganisationFacts], list[ServiceFacts]]:
    owners = draw(st.lists(ORGANISATIONS, min_size=1, max_size=2, unique_by=lambda one: one.slug))
    slugs = draw(st.lists(SLUGS, max_size=3, unique=True))
    return owners, [draw(services(draw(st.sampled_from(owners)).slug, slug)) for slug in slugs]


@FEW
@given(directories())
def test_four_sheets_lose_nothing(made: tuple[list[OrganisationFacts], list[ServiceFacts]]) -> None:
    read = workbook.read(workbook.written(*made), TODAY)
    assert (read.wrong, read.refused) == ([], 0)
    assert ([facts for _, facts in read.organisations], [facts for _, facts in read.services]) == made


@FEW
@given(directories())
def test_hsds_loses_nothing_and_knows_all_it_writes(
    made: tuple[list[OrganisationFacts], list[ServiceFacts]],
) -> None:
    tables = hsds.written("celje", *made)
    read = hsds_in.read(tables, TODAY)
    assert (read.wrong, read.refused, read.notes) == ([], 0, [])
    assert ([facts for _, facts in read.organisations], [facts for _, facts in read.services]) == made
    assert hsds.written("celje", *made) == tables
    ids = [row[0] for name, rows in tables.items() for row in rows[1:]]
    assert len(set(ids)) == len(ids)


@FEW
@given(directories())
def test_facts_are_the_same_after_waiting_as_json(
    made: tuple[list[OrganisationFacts], list[ServiceFacts]],
) -> None:
    import orjson

    again = [organisation_of(orjson.loads(orjson.dumps(packed(one)))) for one in made[0]]
    assert (again, [service_of(orjson.loads(orjson.dumps(packed(one)))) for one in made[1]]) == made


OWNER = OrganisationFacts("o", "O", "provider", None, "test", TODAY)
SERVICE = ServiceFacts(
    "s", "o", "talk", {"sl": Words("Ime", "Kratko")}, "test", TODAY, TODAY, hours=((0, 540, 600),)
)


def sheets() -> dict[str, list[list[str]]]:
    return workbook.written([OWNER], [SERVICE])


def put(table: str, column: str, value: str, row: int = 1) -> dict[str, list[list[str]]]:
    made = sheets()
    made[table][row][made[table][0].index(column)] = value
    return made


@pytest.mark.parametrize(
    ("table", "column", "value", "reason"),
    [
        ("organisations", "slug", "Not a slug", "slug"),
        ("organisations", "name", "", "empty"),
        ("organisations", "verified_on", "2. 3. 2026", "day"),
        ("organisations", "contact_email", "x", "mail"),
        ("services", "topic", "x", "topic"),
        ("services", "sensitive", "maybe", "yes-no"),
        ("services", "state", "gone", "state"),
        ("services", "cost", "=1+1", "cost"),
        ("services", "cost", "1000.01", "cost"),
        ("services", "childcare", "often", "yes-no"),
        ("services", "languages", "slovenian", "language"),
        ("services", "verified_on", "2026-03-03", "future"),
        ("services", "review_by", "2026-03-01", "review"),
        ("services", "source", "x" * 201, "long"),
        ("texts", "service", "other", "service-unknown"),
        ("texts", "language", "Slovenian", "language"),
        ("texts", "language", "xq", "language"),
        ("texts", "name", "x" * 61, "long"),
        ("hours", "weekday", "8", "weekday"),
        ("hours", "from", "9", "clock"),
        ("hours", "until", "9:00", "until"),
        ("hours", "service", "other", "service-unknown"),
    ],
)
def test_a_wrong_cell_is_named_with_its_place(table: str, column: str, value: str, reason: str) -> None:
    read = workbook.read(put(table, column, value), TODAY)
    assert (table, 2, column, reason) in [(one.sheet, one.row, one.column, one.reason) for one in read.wrong]
    # An opening of nobody spoils nobody; a text of nobody leaves its service without one.
    stays = table == "organisations" or (table, column) == ("hours", "service")
    assert (len(read.services), read.refused) == (stays, 0 if (table, column) == ("hours", "service") else 1)


@pytest.mark.parametrize(
    ("change", "reason", "place"),
    [
        (lambda made: made.pop("texts"), "sheet-missing", "texts"),
        (lambda made: made.pop("services"), "sheet-missing", "services"),
        (lambda made: made.update(more=[["a"]]), "sheet-unknown", "more"),
        (lambda made: made["services"][0].append("colour"), "column-unknown", "services: colour"),
        (lambda made: made["hours"][0].pop(), "column-missing", "hours: until"),
        (lambda made: made["services"][0].append("slug"), "column-twice", "services: slug"),
        (lambda made: made["texts"][1].append("more"), "row-long", "texts 2"),
    ],
)
def test_another_shape_is_refused_whole(change: object, reason: str, place: str) -> None:
    made = sheets()
    change(made)  # type: ignore[operator]  # one of the lambdas above
    with pytest.raises(WrongShape) as refused:
        workbook.read(made, TODAY)
    assert (refused.value.reason, refused.value.place) == (reason, place)


def test_what_is_there_twice_is_taken_once() -> None:
    made = sheets()
    for name in ("organisations", "services"):
        made[name].append(made[name][1])
    read = workbook.read(made, TODAY)
    assert (len(read.organisations), len(read.services), read.refused) == (1, 1, 2)


def test_hsds_of_others_is_read_and_what_we_do_not_know_is_named() -> None:
    tables = hsds.written("celje", [OWNER], [SERVICE])
    tables["funding"] = [["id", "source"], ["1", "x"]]
    for row in tables["service"]:
        row.append("url" if row is tables["service"][0] else "https://example.org")
    of = tables["service"][1][0]
    tables["phone"] += [[str(at), of, "", f"03 {at}11 11 11", "voice"] for at in (1, 2)]
    read = hsds_in.read(tables, TODAY)
    assert sorted(read.notes) == ["funding", "phone: 2+", "service.url"]
    assert read.services[0][1].phone == "03 111 11 11"
    # Without our own attributes: an id becomes the short name, and a topic is asked for.
    tables["attribute"] = tables["attribute"][:1]
    read = hsds_in.read(tables, TODAY)
    assert [(one.sheet, one.column, one.reason) for one in read.wrong] == [("service", "topic", "empty")]
    assert read.organisations[0][1].slug == tables["organization"][1][0]
    with pytest.raises(WrongShape):
        hsds_in.read({"location": [["id"]]}, TODAY)


def test_months_end_where_a_month_is_shorter() -> None:
    assert rules.months_on(date(2026, 8, 31), 6) == date(2027, 2, 28)
    assert rules.months_on(date(2026, 11, 30), 3) == date(2027, 2, 28)
    assert rules.months_on(date(2026, 12, 15), 12) == date(2027, 12, 15)
    assert rules.months_on(date(2026, 6, 30), 6) == date(2026, 12, 30)

"""The search finds what one may see, on both databases, by number, word, character and pinyin initials."""

import pytest
from django.db import connection

from houqin.areas.repairs.factories import RepairOrderFactory
from houqin.kernel.access import ALL, Grant
from houqin.kernel.records import add_many
from houqin.kernel.registers import registry
from houqin.kernel.registers.search import SearchEntry, add_initials, entry, matching, reindex, search, spell
from houqin.kernel.registers.search_words import asked, tokens
from houqin.school.people.factories import role, user_with
from houqin.school.people.models import User
from houqin.school.places.models import Place

pytestmark = pytest.mark.django_db


def grant(code: str, register: str, *verbs: str, scope: str = ALL) -> None:
    for verb in verbs or ("view",):
        Grant.objects.create(role=role(code), register=register, verb=verb, scope=scope)


@pytest.fixture
def clerk() -> User:
    Grant.objects.all().delete()
    grant("ZW", "places.place")
    return user_with("ZW", name="周文")


@pytest.fixture
def rooms(clerk: User) -> list[Place]:
    names = [("2-109", "物理实验室"), ("2-110", "化学实验室"), ("1-109", "水房"), ("21-09", "教师食堂")]
    return [Place.add(by=clerk, kind="room", code=code, name=name) for code, name in names]


def codes(model_pks: object) -> list[str]:
    return list(Place.objects.filter(pk__in=model_pks).order_by("pk").values_list("code", flat=True))


def hits(user: User, text: str) -> list[str]:
    return [Place.objects.get(pk=hit.subject_id).code for register, found in search(user, text) for hit in found]


def test_a_text_is_cut_into_characters_pairs_words_and_tails_of_numbers():
    assert tokens("水龙头 WX—2026-0001") == {
        "水", "龙", "头", "水龙", "龙头", "wx", "2026", "0001", "wx20260001", "20260001",
    }  # fmt: skip
    assert tokens("2号楼A座") == {"2", "号", "楼", "号楼", "a", "座"}
    assert asked("水龙头２－１") == ["水龙", "龙头", "21"]
    assert asked("WX-2026 水") == ["wx2026*", "水"]
    assert asked("——，。") == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("水", ["1-109"]),
        ("实验", ["2-109", "2-110"]),
        ("物理实验室", ["2-109"]),
        ("2-109", ["2-109", "21-09"]),
        ("2—109", ["2-109", "21-09"]),
        ("２－１０９", ["2-109", "21-09"]),
        ("2109", ["2-109", "21-09"]),
        ("109", ["2-109", "1-109"]),
        ("实验 110", ["2-110"]),
        ("没有", []),
        ("'\" OR *", []),
        ("——", []),
        ("", []),
    ],
)
def test_a_list_finds_every_record_that_has_all_the_words(rooms: list[Place], text: str, found: list[str]):
    assert codes(matching(Place, text)) == found


def test_an_exact_number_comes_before_the_newest(clerk: User, rooms: list[Place]):
    Place.add(by=clerk, kind="room", code="3-001", name="2109备用间")
    assert hits(clerk, "2-109") == ["2-109", "21-09", "3-001"]
    assert hits(clerk, "实验") == ["2-110", "2-109"]
    assert hits(clerk, "21") == ["2-109", "21-09", "2-110"]


def test_the_entry_follows_every_act_on_its_record(clerk: User, rooms: list[Place]):
    rooms[2].amend(by=clerk, name="开水间")
    assert codes(matching(Place, "水房")) == []
    assert codes(matching(Place, "开水")) == ["1-109"]
    assert [entry.subject_id for entry in SearchEntry.objects.filter(number="1109")] == [rooms[2].pk]


def test_what_a_register_says_is_indexed_is_all_its_entry_reads():
    RepairOrderFactory()
    said = [register for register in registry.values() if register.indexed]
    assert [register.key for register in said] == ["repairs.repairorder"]
    for register in said:
        record = register.model.objects.only(*register.indexed.split()).latest("pk")
        unread = record.get_deferred_fields()
        entry(register, record)
        assert record.get_deferred_fields() == unread


def test_an_act_that_changes_nothing_searched_leaves_the_entry_alone():
    order = RepairOrderFactory()
    own = SearchEntry.objects.filter(subject_type=order.kind, subject_id=order.pk)
    own.update(title="as it was")
    order.comment(by=order.reporter, text="来看看")
    assert own.get().title == "as it was"
    order.amend(by=order.reporter, description="水管漏水", symptom="")
    assert own.get().title == f"{order.place} · {order.problem}"


def test_an_act_that_fails_leaves_no_entry(clerk: User):
    before = SearchEntry.objects.count()
    with pytest.raises(Exception, match="code"):
        Place.add(by=clerk, kind="room", code="x" * 500, name="太长")
    assert SearchEntry.objects.count() == before


def test_nobody_finds_what_he_may_not_see(clerk: User, rooms: list[Place]):
    stranger = user_with("JS", name="陌生")
    assert search(stranger, "实验") == []
    grant("JS", "places.place", scope="own")
    Place.objects.filter(code="2-110").update(keeper=stranger)
    keeper = User.objects.get(pk=stranger.pk)
    assert hits(keeper, "实验") == ["2-110"]
    assert hits(keeper, "2-110") == ["2-110"]
    assert hits(keeper, "2-109") == []


def test_records_written_in_bulk_are_found(clerk: User):
    add_many(Place, [{"kind": "room", "code": f"5-{n}", "name": f"宿舍{n}"} for n in range(101, 131)], by=clerk)
    assert codes(matching(Place, "宿舍115")) == ["5-115"]
    assert len(codes(matching(Place, "宿舍"))) == 30


def test_initials_are_written_by_the_worker_and_found(clerk: User, rooms: list[Place]):
    assert codes(matching(Place, "wlsy")) == []
    spell()
    add_initials.call()
    assert codes(matching(Place, "wlsy")) == ["2-109"]
    assert codes(matching(Place, "SYS")) == ["2-109", "2-110"]
    rooms[0].retire(by=clerk)
    assert codes(matching(Place, "wlsy")) == ["2-109"]


def test_a_new_index_says_the_same_as_the_old_one(clerk: User, rooms: list[Place]):
    before = list(SearchEntry.objects.order_by("pk").values("pk", "tokens", "title", "number"))
    SearchEntry.objects.all().delete()
    assert codes(matching(Place, "实验")) == []
    done = dict(reindex())
    assert done["places.place"] == len(rooms)
    assert list(SearchEntry.objects.order_by("pk").values("pk", "tokens", "title", "number")) == before


def test_every_register_that_searches_can_describe_its_records(clerk: User):
    assert {key for key, register in registry.items() if register.search} >= {"places.place", "people.user"}
    assert connection.vendor in ("sqlite", "postgresql")

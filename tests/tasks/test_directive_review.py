"""What an officer does with proposals before approval (rule 4.9)."""

import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agencies.editing import Changed
from agencies.models import Event
from agencies.refusals import NotYours, Refused
from tasks.approval import Plan
from tasks.directives import leads, review
from tasks.directives.marking import paragraphs
from tasks.directives.review import Wording
from tasks.models import Proposal
from tests.factories import DirectiveFactory, ProposalFactory, moment

AT = moment("2026-11-16")
DAY = AT.date()
State = Proposal.State
FIRST = "Rà soát hồ sơ đất đai; lập danh sách hồ sơ tồn đọng."
SECOND = "Báo cáo kết quả hằng tháng."
TEXT = f"1. Giao Phòng Nội vụ:\n- {FIRST}\n- {SECOND}"


@pytest.fixture
def directive(district):
    return DirectiveFactory(text=TEXT)


@pytest.fixture
def proposal(directive, district):
    start = TEXT.index(FIRST)
    return ProposalFactory(
        directive=directive, clause="1-1", text=FIRST, title="Rà soát hồ sơ đất đai", order=1,
        span_start=start, span_end=start + len(FIRST), leads=[district.interior],
    )  # fmt: skip


@pytest.fixture
def second(proposal, district):
    start = TEXT.index(SECOND)
    return ProposalFactory(
        directive=proposal.directive, clause="1-2", text=SECOND, order=2,
        span_start=start, span_end=start + len(SECOND), leads=[district.finance],
    )  # fmt: skip


def wording(district, **changed) -> Wording:
    facts = {
        "clause": "1-1",
        "title": "Rà soát hồ sơ",
        "text": FIRST,
        "kinds": [Proposal.Kind.TASK],
        "lead_agencies": [district.interior],
    }
    return Wording(**facts | changed)


def edit(proposal, district, **changed) -> Proposal:
    return review.edit(
        proposal, district.officer, AT,
        wording=wording(district, **changed), version=proposal.version,
    )  # fmt: skip


def judged(proposal):
    plan = Plan(proposal.directive, DAY)
    return next(one for one in plan.judged if one.proposal.pk == proposal.pk)


def test_a_deadline_in_words_is_counted_from_the_directive(proposal, district):
    """Rules 3.3, 3.6: with its arithmetic, and then there is no review day."""
    edited = edit(proposal, district, deadline_text="05 ngày làm việc")

    assert edited.arithmetic["counted"][0] == "2026-11-03"
    assert edited.due_at == moment("2026-11-10", 0)
    assert edited.review_on is None


def test_an_undated_task_gets_the_end_of_the_month_to_be_reviewed(proposal, district):
    """Rule 5.11."""
    edited = edit(proposal, district)

    assert edited.review_on.isoformat() == "2026-11-30"


@pytest.mark.parametrize(
    "text", ["khi nào xong", "trước ngày 01/10/2026"], ids=["nonsense", "past"]
)
def test_a_deadline_that_cannot_be_is_refused_beside_its_field(text, proposal, district):
    """Rule 3.6; issue 4: dates in the wrong order."""
    with pytest.raises(Refused) as caught:
        edit(proposal, district, deadline_text=text)

    assert caught.value.field == "deadline_text"


def test_one_clause_may_become_several_things(proposal, district):
    """Rule 4.4: An Lão's 1-3 is a standing duty and a rule."""
    edited = edit(proposal, district, kinds=["standing_duty", "rule"])

    assert edited.kinds == ["standing_duty", "rule"]
    assert edited.review_on is None


def test_a_group_is_spelled_out_as_of_today(proposal, district):
    """Rule 4.2: the expansion is shown before approval."""
    edited = edit(proposal, district, lead_agencies=[], lead_groups=[district.group])

    assert judged(edited).leads == district.communes


def test_the_second_saving_is_refused_with_what_changed(proposal, district):
    edit(proposal, district, title="Một")

    with pytest.raises(Changed) as caught:
        edit(proposal, district, title="Hai")

    assert ("title", "Một", "Hai") in caught.value.differences


@pytest.mark.parametrize("act", ["confirm", "drop", "merge", "share"])
def test_no_small_act_is_done_on_what_was_not_seen(
    act, client, district, proposal, second, review_page
):
    """Rule 5.14: nobody checks, drops or merges a text that somebody changed since."""
    seen = second.version
    edit(second, district, clause="1-2", title="Tên mới")

    answer = client.post(
        reverse("proposal_act", args=[second.directive_id, second.pk]),
        {"act": act, "version": seen},
    )

    second.refresh_from_db()
    assert answer.status_code == 409
    assert second.state == State.PENDING
    assert "Tên mới" in answer.content.decode()


def test_a_text_is_not_cut_where_it_no_longer_stands(client, district, proposal, review_page):
    """Rule 5.14: the place was chosen in another text."""
    seen = proposal.version
    edit(proposal, district, text=f"Ngay trong tuần, {FIRST}")

    answer = client.post(
        reverse("proposal_split", args=[proposal.directive_id, proposal.pk]),
        {"position": FIRST.index("lập"), "version": seen},
    )

    assert answer.status_code == 409
    assert proposal.directive.proposals.count() == 1


def test_an_edit_keeps_what_it_changed(proposal, district):
    """Point 12: from what to what, on the timeline."""
    edit(proposal, district, title="Một")

    changes = Event.objects.get(act="proposal.edited").params["changes"]

    assert ["title", "Rà soát hồ sơ đất đai", "Một"] in changes


def test_merging_joins_words_kinds_and_agencies(proposal, second, district):
    """Rule 4.9."""
    kept = review.merge(second, district.officer, AT)

    assert kept.pk == proposal.pk
    assert kept.text == f"{FIRST}\n{SECOND}"
    assert set(kept.lead_agencies.all()) == {district.interior, district.finance}
    assert (kept.span_start, kept.span_end) == (proposal.span_start, second.span_end)
    assert list(kept.directive.proposals.all()) == [kept]


def test_the_first_has_nothing_before_it_to_merge_with(proposal, district):
    with pytest.raises(Refused):
        review.merge(proposal, district.officer, AT)


def test_splitting_gives_each_part_its_own_source(proposal, second, district):
    """Rule 4.9: both parts stay linked to their sentences."""
    new = review.split(proposal, district.officer, AT, position=FIRST.index("lập"))

    proposal.refresh_from_db()
    assert proposal.text == "Rà soát hồ sơ đất đai"
    assert new.text == "lập danh sách hồ sơ tồn đọng."
    assert TEXT[proposal.span_start : proposal.span_end] == proposal.text
    assert TEXT[new.span_start : new.span_end] == new.text
    assert list(new.lead_agencies.all()) == [district.interior]
    assert [p.clause for p in proposal.directive.proposals.all()] == ["1-1", "1-1b", "1-2"]


@pytest.mark.parametrize("position", [0, 10_000])
def test_a_split_that_leaves_a_part_empty_is_refused(position, proposal, district):
    with pytest.raises(Refused):
        review.split(proposal, district.officer, AT, position=position)


def test_a_dropped_proposal_stays_and_can_be_restored(proposal, district):
    """Rule 4.9."""
    dropped = review.drop(proposal, district.officer, AT)
    assert Plan(dropped.directive, DAY).live == []

    assert review.restore(dropped, district.officer, AT).state == State.PENDING


def test_a_joint_lead_must_be_settled(proposal, district):
    """Rules 4.8, 5.1: one lead each."""
    edited = edit(proposal, district, lead_agencies=[district.interior, district.finance])

    assert judged(edited).problems
    assert judged(leads.share(edited, district.officer, AT)).problems == []


def test_one_of_a_joint_lead_is_chosen_and_the_others_help(proposal, district):
    """Rule 4.8."""
    edited = edit(proposal, district, lead_agencies=[district.interior, district.finance])

    chosen = leads.choose_lead(edited, district.officer, AT, lead=district.finance)

    assert list(chosen.lead_agencies.all()) == [district.finance]
    assert list(chosen.coordinating.all()) == [district.interior]


def test_a_proposal_with_a_problem_cannot_be_confirmed(proposal, district):
    proposal.lead_agencies.clear()

    with pytest.raises(Refused):
        review.confirm(proposal, district.officer, AT, problems=judged(proposal).problems)


def test_a_doubt_is_named_in_words_until_somebody_settles_it(proposal, district):
    """Rule 4.9: the doubtful marked."""
    proposal.doubts, proposal.lead_text = ["lead_unknown"], "Phòng Lạ"
    proposal.save()

    assert any("Phòng Lạ" in doubt for doubt in judged(proposal).doubts)
    assert judged(edit(proposal, district)).needs_a_look is False


def test_a_review_day_that_passed_is_a_problem(proposal):
    """Rule 5.11."""
    proposal.review_on = "2026-11-01"
    proposal.save()

    assert judged(Proposal.objects.get()).problems


def test_after_approval_nothing_changes_any_more(proposal, district):
    """Rule 11."""
    proposal.directive.approved_at = AT
    proposal.directive.save()

    with pytest.raises(Refused):
        review.drop(proposal, district.officer, AT)


@pytest.mark.parametrize("who", ["clerk", "head"])
def test_only_officers_and_the_chief_prepare(who, proposal, district):
    """Domain 2."""
    with pytest.raises(NotYours):
        review.drop(proposal, getattr(district, who), AT)


def test_each_act_is_an_event(proposal, second, district):
    edit(proposal, district)
    review.drop(second, district.officer, AT)

    acts = Event.objects.of(proposal.directive).values_list("act", flat=True)
    assert list(acts) == ["proposal.edited", "proposal.dropped"]


def test_every_character_of_the_text_is_shown_once(proposal, second):
    """Rule 4.9: whatever the spans, overlapping ones too."""
    second.span_start = proposal.span_start + 5

    shown = paragraphs(TEXT, [proposal, second])

    assert "\n".join("".join(p.text for p in one.pieces) for one in shown) == TEXT


def test_the_values_read_are_marked_where_they_stand(proposal, second):
    """Issue 8: lead, deadline and the others, also outside the source; what overlaps once."""
    lead, day = TEXT.index("Phòng Nội vụ"), TEXT.index("hằng tháng")
    proposal.original = {"spans": {"lead": [lead, lead + 12], "product": [0, 9999]}}
    second.original = {"spans": {"lead": [lead, lead + 12], "recurrence": [day, day + 10]}}

    pieces = [p for one in paragraphs(TEXT, [proposal, second]) for p in one.pieces]

    assert [(p.text, p.field, p.proposal) for p in pieces if p.field] == [
        ("Phòng Nội vụ", "lead", None),
        ("hằng tháng", "recurrence", second),
    ]
    assert [p.proposal for p in pieces if p.is_first] == [proposal, second]


@pytest.fixture
def unknown(proposal, district):
    """A proposal whose lead the directory does not know, with the nearest names."""
    proposal.doubts, proposal.lead_text = ["lead_unknown"], "Phòng Nội vụ và Lao động"
    proposal.original = {"candidates": [district.interior.code, "gone"]}
    proposal.lead_agencies.clear()
    proposal.save()
    return proposal


def test_an_unknown_lead_is_offered_with_the_nearest_names(unknown, district, client, review_page):
    """Issue 8: one key names it; a name that is not offered is refused."""
    assert judged(unknown).nearest == [(district.interior.code, district.interior.short_name)]
    with pytest.raises(Refused):
        leads.name_lead(unknown, district.officer, AT, code="gone")
    with pytest.raises(Refused):
        leads.name_lead(unknown, district.officer, AT, code=district.finance.code)

    client.post(
        reverse("proposal_act", args=[unknown.directive_id, unknown.pk])
        + f"?lead={district.interior.code}",
        {"act": "name_lead", "version": unknown.version},
    )

    unknown.refresh_from_db()
    assert list(unknown.lead_agencies.all()) == [district.interior]
    assert (unknown.doubts, judged(unknown).nearest) == ([], [])
    assert Event.objects.of(unknown.directive).get().act == "proposal.lead_named"


# The page -------------------------------------------------------------------------------


@pytest.fixture
def review_page(client, district, directive):
    client.force_login(district.officer.user)
    return reverse("directive_review", args=[directive.pk])


def test_the_page_links_sentence_and_proposal_both_ways(client, review_page, proposal):
    """Rule 4.9."""
    html = client.get(review_page).content.decode()

    assert f'id="s-{proposal.pk}"' in html
    assert f'href="#proposal-{proposal.pk}"' in html
    assert f'href="#s-{proposal.pk}"' in html


def test_only_those_to_check(client, review_page, proposal, second, district):
    second.lead_agencies.clear()

    shown = client.get(review_page, {"only": "check"}).context["shown"]

    assert [one.proposal for one in shown] == [second]


def test_the_form_opens_in_place_without_script(client, review_page, proposal):
    html = client.get(review_page, {"edit": proposal.pk}).content.decode()

    assert 'name="deadline_text"' in html


def test_htmx_gets_the_one_proposal(client, review_page, proposal):
    answer = client.get(review_page, {"edit": proposal.pk}, headers={"HX-Request": "true"})

    assert answer.content.decode().lstrip().startswith("<li")


def test_a_refused_edit_keeps_what_was_typed(client, district, review_page, proposal):
    answer = client.post(
        reverse("proposal", args=[proposal.directive_id, proposal.pk]),
        {
            "title": "Tên mới", "text": FIRST, "clause": "1-1", "kinds": ["task"],
            "deadline_text": "khi nào xong", "version": 0,
        },
    )  # fmt: skip

    html = answer.content.decode()
    assert answer.status_code == 409
    assert "Tên mới" in html
    assert 'value="khi nào xong"' in html


def test_deciding_on_one_leads_to_the_next(client, review_page, proposal, second):
    """Rule 4.9: D, D, X walks the list."""
    answer = client.post(
        reverse("proposal_act", args=[proposal.directive_id, proposal.pk]), {"act": "confirm"}
    )

    proposal.refresh_from_db()
    assert proposal.state == State.APPROVED
    assert answer.url.endswith(f"#proposal-{second.pk}")


def test_splitting_by_the_page(client, review_page, proposal):
    address = reverse("proposal_split", args=[proposal.directive_id, proposal.pk])
    position = client.get(address).context["parts"][1][0]

    client.post(address, {"position": position})

    assert Proposal.objects.count() == 2


def test_adding_by_the_page(client, review_page, directive, district):
    client.post(
        reverse("proposal_new", args=[directive.pk]),
        {
            "clause": "4", "title": "Việc thêm", "text": "Việc thêm", "kinds": ["task"],
            "lead_agencies": [district.finance.pk],
        },
    )  # fmt: skip

    assert list(Proposal.objects.get().lead_agencies.all()) == [district.finance]


@pytest.mark.parametrize("who", ["clerk", "head"])
def test_others_find_no_such_page(who, client, district, directive, proposal):
    """Rule 2.4: what one may not do is not there."""
    client.force_login(getattr(district, who).user)

    pages = ["directive_review", "directive_approve", "proposal_new"]
    assert {client.get(reverse(p, args=[directive.pk])).status_code for p in pages} == {404}


def test_the_queries_do_not_grow_with_the_proposals(client, review_page, directive, district):
    """Every list: a constant number of queries."""
    ProposalFactory(directive=directive, groups=[district.group], leads=[district.interior])
    client.get(review_page)
    with CaptureQueriesContext(connection) as few:
        client.get(review_page)
    for _more in range(20):
        ProposalFactory(directive=directive, groups=[district.group], leads=[district.interior])

    with CaptureQueriesContext(connection) as many:
        client.get(review_page)

    assert len(many) == len(few)


# In place -------------------------------------------------------------------------------


@pytest.fixture
def act(client, review_page):
    """Post a small act as htmx does: `act(proposal, "drop", only="check")`."""

    def post(proposal, name: str, *, only: str = "", **facts):
        address = reverse("proposal_act", args=[proposal.directive_id, proposal.pk])
        facts = {"act": name, "version": proposal.version, **facts}
        return client.post(
            f"{address}?only={only}" if only else address, facts, headers={"HX-Request": "true"}
        )

    return post


def test_an_act_answers_with_what_it_changed(act, proposal, second):
    """Rule 4.9: the row, and what counts the rows; the text stands."""
    answer = act(proposal, "confirm")

    html = answer.content.decode()
    assert answer.status_code == 200
    assert html.count("<li") == 1
    for part in ("review-heading", "review-approve", "review-only", "review-first"):
        assert f'id="{part}"' in html
    assert "review-text" not in html
    assert f'data-then="{answer.context["then"]}"' in html
    assert answer.context["then"].endswith(f"#proposal-{second.pk}")


@pytest.mark.parametrize("name", ["drop", "restore", "merge"])
def test_where_the_marks_of_the_text_move_it_comes_along(name, act, proposal, second):
    """Rule 4.9: a sentence is marked as long as a proposal comes from it."""
    html = act(second, name).content.decode()

    assert 'id="review-text" hx-swap-oob="true"' in html
    assert (f'id="s-{second.pk}"' in html) is (name == "restore")


def test_merged_in_place_the_other_row_takes_it_in(act, proposal, second):
    answer = act(second, "merge")

    assert answer.context["here"] == []
    assert [one.proposal for one in answer.context["elsewhere"]] == [proposal]
    assert answer.context["then"].endswith(f"#proposal-{proposal.pk}")


def test_split_in_place_the_second_part_follows_the_first(client, act, proposal, second):
    """Rule 4.9."""
    address = reverse("proposal_split", args=[proposal.directive_id, proposal.pk])
    asked = client.get(address, headers={"HX-Request": "true"})
    position = asked.context["parts"][1][0]

    answer = client.post(address, {"position": position}, headers={"HX-Request": "true"})

    assert asked.content.decode().lstrip().startswith("<li")
    assert [one.proposal.clause for one in answer.context["here"]] == ["1-1", "1-1b"]
    assert answer.context["elsewhere"] == []


def test_edited_in_place_the_row_closes_or_keeps_what_was_typed(client, review_page, proposal):
    address = reverse("proposal", args=[proposal.directive_id, proposal.pk])
    typed = {"title": "Tên mới", "text": FIRST, "clause": "1-1", "kinds": ["task"], "version": 0}

    refused = client.post(
        address, {**typed, "deadline_text": "khi nào xong"}, headers={"HX-Request": "true"}
    )
    saved = client.post(address, typed, headers={"HX-Request": "true"})

    assert (refused.status_code, saved.status_code) == (409, 200)
    assert 'value="khi nào xong"' in refused.content.decode()
    assert "<form" in saved.content.decode()
    assert 'name="deadline_text"' not in saved.content.decode()


def test_a_refusal_in_place_is_said_in_the_row_and_nowhere_later(
    client, act, review_page, proposal, second, district
):
    """Rule 5.14: what somebody else changed stands in the row now."""
    edit(proposal, district, title="Tên mới")

    answer = act(proposal, "confirm")

    assert answer.status_code == 409
    assert answer.content.decode().count('role="alert"') == 1
    assert "Tên mới" in answer.content.decode()
    assert answer.context["then"].endswith(f"#proposal-{proposal.pk}")
    assert list(client.get(review_page).context["messages"]) == []


def test_a_row_answered_in_place_can_be_acted_on_again(act, proposal):
    """Issue 4: one form, one act; the form that comes with the answer is another."""
    key = str(uuid.uuid4())
    answer = act(proposal, "confirm", request_key=key)
    assert key not in answer.content.decode()

    again = act(proposal, "drop", request_key=key, version="")

    assert again["HX-Redirect"] == proposal.directive.get_absolute_url()
    proposal.refresh_from_db()
    assert proposal.state == State.APPROVED


def test_one_goes_on_to_what_waits_and_from_the_last_to_the_first(act, proposal, second, district):
    """Rule 4.9: what was decided before is passed over."""
    third = ProposalFactory(directive=proposal.directive, order=3, leads=[district.finance])
    review.drop(second, district.officer, AT)

    assert act(proposal, "confirm").context["current"] == third.pk
    review.restore(proposal, district.officer, AT)
    assert act(third, "confirm").context["current"] == proposal.pk


def test_among_the_doubtful_one_goes_on_to_the_next_doubtful(act, proposal, second, district):
    """Rule 4.9."""
    third = ProposalFactory(directive=proposal.directive, order=3, doubts=["closing"])

    answer = act(proposal, "drop", only="check")

    assert answer.context["current"] == third.pk
    assert "only=check" in answer.context["then"]


def test_an_act_in_place_asks_no_more_for_more_proposals(act, proposal, directive, district):
    """Every list: a constant number of queries."""
    ProposalFactory(directive=directive, groups=[district.group], leads=[district.interior])
    act(proposal, "drop")
    with CaptureQueriesContext(connection) as few:
        act(proposal, "restore", version=1)
    for _more in range(20):
        ProposalFactory(directive=directive, groups=[district.group], leads=[district.interior])

    with CaptureQueriesContext(connection) as many:
        act(proposal, "drop", version=2)

    assert len(many) == len(few)

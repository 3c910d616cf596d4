"""The form on which an agency answers (picture 3)."""

from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.deadlines import is_day_end
from agencies.differences import of_form
from agencies.models import Attachment
from agencies.notices import mark_read
from agencies.posting import BAD_REQUEST, CONFLICT, noting, try_act
from agencies.refusals import Refused
from consultations import acts
from consultations.acts import LineCase
from consultations.forms import AnswerForm
from consultations.late_returns import ReturnTerm
from consultations.lifecycle import note_opening, reply, save_draft
from consultations.models import Opinion, Reply, ReplyDraft
from consultations.numbering import REPLY, is_required
from consultations.stances import Outcome, SilenceRule, Stance
from consultations.wording import PILL_OF, Days, own_word


def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Prepare or send the opinion of one's own agency (rules 6.4, 6.5)."""
    opinion = get_object_or_404(
        Opinion.objects.visible_to(request.actor)
        .with_outcome(request.at)
        .select_related("agency__kind", "consultation__requester", "consultation__task"),
        pk=pk,
        agency=request.actor.agency_id,
    )
    if not acts.may(acts.DRAFT, request.actor, opinion.agency_id):
        raise Http404
    draft = ReplyDraft.objects.select_related("saved_by__user").filter(opinion=opinion).first()
    if request.method != "POST":
        note_opening(opinion, request.actor, request.at)
        mark_read(request.user, request.at, opinion)
        return _page(
            request, opinion, draft, _form(opinion, request.at, initial=_begun(opinion, draft))
        )
    form = _form(opinion, request.at, request.POST, request.FILES)
    if request.POST.get("act") == "draft":
        return _keep_draft(request, opinion, draft, form.draft_content())
    if not form.is_valid():
        return _page(request, opinion, draft, form, status=BAD_REQUEST)
    answered = try_act(
        request,
        lambda: _send(request, opinion, form),
        form=form,
        to=lambda sent: sent.opinion.get_absolute_url(),
    )
    return answered or _page(request, opinion, draft, form, status=CONFLICT)


def _send(request: HttpRequest, opinion: Opinion, form: AnswerForm) -> Reply:
    data = form.cleaned_data
    sent = reply(
        opinion.pk,
        request.actor,
        timezone.now,
        answers=form.answers(),
        note=data["note"],
        document_number=data["document_number"],
        document_on=data["document_on"],
        signer=data["signer"],
        signed=data["signed"],
        competent=data["competent"],
        competent_words=data["competent_words"],
        files=data["files"],
    )
    if sent.event.act == "opinion.late_reply":
        messages.warning(
            request,
            _("Kept as a late reply: it came after the deadline and does not change the outcome."),
        )
    elif sent.stance == Stance.RETURNED and _return_is_late(opinion, sent.received_at):
        messages.warning(
            request,
            _("The request is returned, later than allowed after receipt: it is flagged so."),
        )
    else:
        messages.success(request, _("The opinion has been sent."))
    return sent


def _return_is_late(opinion: Opinion, at: datetime) -> bool:
    """Whether a return at the instant is later than so many working days after receipt (6.6)."""
    return ReturnTerm.at(at).is_over(opinion.visible_at, at)


def _keep_draft(
    request: HttpRequest, opinion: Opinion, draft: ReplyDraft | None, content: dict
) -> HttpResponse:
    """Save what is typed, complete or not; after a refusal it stands in the form again."""
    version = request.POST.get("draft_version", "")
    refused: list[Refused] = []
    kept = try_act(
        request,
        noting(
            refused,
            lambda: save_draft(
                opinion.pk,
                request.actor,
                request.at,
                content=content,
                version=int(version) if version.isdecimal() else 0,
            ),
        ),
        done=_("The draft is saved. A draft is not a reply."),
        to=request.path,
    )
    if kept is not None:
        return kept
    newest = 0 if draft is None else draft.version
    form = _form(opinion, request.at, initial={**content, "draft_version": newest})
    form.differences = of_form(form, getattr(refused[0], "differences", ()))
    return _page(request, opinion, draft, form, status=CONFLICT)


def _form(opinion: Opinion, at: datetime, *args, **kwargs) -> AnswerForm:
    label = _("Opinion of %(body)s") % {"body": own_word(opinion.agency)}
    return AnswerForm(
        *args,
        consultation=opinion.consultation,
        label=label,
        is_numbered=is_required(REPLY, at, opinion.agency_id),
        **kwargs,
    )


def _may_send(request: HttpRequest, opinion: Opinion) -> bool:
    """Whether the actor may send it: the head, a deputy within the portfolio, a delegate."""
    may = acts.may(acts.REPLY, request.actor, opinion.agency_id)
    return may and LineCase(request.actor, request.at, opinion).is_in_portfolio


def _begun(opinion: Opinion, draft: ReplyDraft | None) -> dict:
    """Return what the form begins with: the draft, else what was sent last."""
    if draft is not None:
        return {**draft.content, "draft_version": draft.version}
    last = opinion.replies.prefetch_related("answers").last()
    if last is None:
        return {"draft_version": 0}
    begun = {
        "stance": last.stance,
        "competent": last.competent_id,
        "competent_words": last.event.params.get("competent", ""),
        "note": last.note,
        "document_number": last.document_number,
        "document_on": last.document_on,
        "signer": last.signer,
        "draft_version": 0,
    }
    for given in last.answers.all():
        begun[f"text-{given.question_id}"] = given.text
        if given.stance != Stance.AGREED:
            begun[f"kind-{given.question_id}"] = given.stance
    return begun


def _page(
    request: HttpRequest,
    opinion: Opinion,
    draft: ReplyDraft | None,
    form: AnswerForm,
    status: int = 200,
) -> HttpResponse:
    days = Days.at_instant(request.at)
    context = {
        "opinion": opinion,
        "consultation": opinion.consultation,
        "form": form,
        "draft": draft,
        "body": own_word(opinion.agency),
        "may_send": _may_send(request, opinion),
        "is_over": request.at >= opinion.due_at,
        "return_is_late": _return_is_late(opinion, request.at),
        "is_deemed": opinion.silence_rule == SilenceRule.DEEMED_AGREED,
        "has_replied": opinion.replied_then is not None,
        "outcome_word": Outcome(opinion.outcome).label,
        "outcome_pill": PILL_OF[opinion.outcome],
        "due_words": days.due(opinion.due_at),
        "ends_at_hour": "" if is_day_end(opinion.due_at) else days.hour(opinion.due_at),
        "due_pill": days.pill_of(opinion.due_at),
        "left": days.left_and_due(opinion.due_at),
        "is_numbered": form.fields["document_number"].required,
        "files": Attachment.objects.of(opinion.consultation),
        "notes": {
            Stance.WITH_COMMENTS: _("say what on each question"),
            Stance.INSUFFICIENT: _("say what is missing"),
            Stance.RETURNED: _("say which agency is competent"),
        },
    }
    return render(request, "consultations/answer.html", context, status=status)

"""What was sent to a call, side by side by question, so that it can be weighed."""

from flask import g, render_template, request
from flask.typing import ResponseReturnValue

from registration.domain.submissions import Submission
from registration.secretariat import blueprint
from registration.secretariat.call_submission import get_submission, list_readable
from registration.secretariat.calls import get_call, name_of, region_names, to_call
from registration.web.words import gettext, ngettext

#: As many as stand side by side on a screen and can still be read.
MOST_COMPARED = 4


@blueprint.get("/<meeting>/calls/<call>/compare")
def compare_submissions(call: str) -> ResponseReturnValue:
    """Show those that were ticked in the list."""
    found_call = get_call(call)
    references = list(dict.fromkeys(request.args.getlist("of")))
    if len(references) > MOST_COMPARED:
        return to_call(
            found_call,
            ngettext("Tick one.", "Tick %(num)d or fewer.", MOST_COMPARED),
            "attention",
        )
    found = [get_submission(call, each) for each in references]
    if len(found) < 2:
        return to_call(found_call, gettext("Tick two or more to compare them."), "attention")
    return render_template(
        "secretariat/compare.html",
        call=found_call,
        submissions=found,
        names=[name_of(each) for each in found],
        regions=region_names(),
        rows=_list_rows(call, found),
    )


def _list_rows(call: str, found: list[Submission]) -> list[tuple[str, list[tuple[str, ...]]]]:
    """Return each question with the answers of all, in their order."""
    answers = [list_readable(get_call(call), each) for each in found]
    return [
        (row[0].question.text[g.language], [each.lines for each in row])
        for row in zip(*answers, strict=True)
    ]

"""Why something about a return is refused."""

from services.kit.errors import Refused


class PeriodNotOver(Refused):
    """A return is prepared when its period is over."""

    code = "PERIOD_NOT_OVER"
    sentence = "This period ends on {ends_on}; its return can be prepared from the day after."


class ModelNotComputed(Refused):
    """The company is taxed in a way that is not computed here. `problem` is a sentence of NOT_COMPUTED."""

    code = "MODEL_NOT_COMPUTED"
    sentence = "{problem}"
    words = frozenset({"problem"})


class ReturnNotInState(Refused):
    """The act needs a return in another state."""

    code = "RETURN_NOT_IN_STATE"
    sentence = "This return is {state}; for this it has to be {wanted}."
    words = frozenset({"state", "wanted"})


class ReturnIsKept(Refused):
    """What was prepared, approved or filed does not change; withdraw it first, unless it was filed."""

    code = "RETURN_IS_KEPT"
    sentence = "The return of this period is {state}; withdraw it before its boxes change."
    words = frozenset({"state"})


class CorrectedOtherwise(Refused):
    """The way of correcting that is computed here was not in force yet."""

    code = "CORRECTED_OTHERWISE"
    sentence = (
        "Periods before the third quarter of 2024 are corrected by a complementary return or a claim;"
        " this is not computed here."
    )


class ComplementaryLowers(Refused):
    """A complementary return only adds (LGT art. 122); the rest is a claim (art. 120.3)."""

    code = "COMPLEMENTARY_LOWERS"
    sentence = (
        "This comes to {amount} more than was declared. A complementary return only adds;"
        " what was declared too high is claimed at the tax agency."
    )


class ChecksFail(Refused):
    """The boxes and the books disagree; the settlement would not clear the VAT accounts."""

    code = "CHECKS_FAIL"
    sentence = "The boxes say {ours}, the books {theirs}; mend the difference, or file without the entry."

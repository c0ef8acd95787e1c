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


class ChecksFail(Refused):
    """The boxes and the books disagree; the settlement would not clear the VAT accounts."""

    code = "CHECKS_FAIL"
    sentence = "The boxes say {ours}, the books {theirs}; mend the difference, or file without the entry."

"""What Python's re says, in the words of stactask_oracle."""

import re
import signal


class Slow(BaseException):
    """Python has taken too long. No Exception, so that nobody in between handles it."""

    @staticmethod
    def raise_it(*_):
        raise Slow


def answer_of(pattern, text, replacement, seconds):
    """Errors, the spans of all groups in code points (None for no match, and for groups that are unset), and sub."""
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        return search_and_replace(pattern, text, replacement)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def search_and_replace(pattern, text, replacement):
    try:
        compiled = re._compiler.compile(pattern)
    except (re.error, OverflowError, RecursionError, ValueError) as error:
        return {"error": error_of(error)}
    found = compiled.search(text)
    answer = {"search": found and [spans_of(found, group) for group in range(compiled.groups + 1)]}
    try:
        answer["sub"] = {"text": compiled.sub(replacement, text)}
    except (re.error, IndexError) as error:
        answer["sub"] = {"error": error_of(error)}
    return answer


def spans_of(found, group):
    span = found.span(group)
    return None if span == (-1, -1) else list(span)


def error_of(error):
    return {"type": type(error).__name__, "message": str(error)}

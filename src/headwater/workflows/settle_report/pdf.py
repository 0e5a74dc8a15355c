"""The statement as PDF, by WeasyPrint: the optional extra `pdf`."""

from typing import Any

from headwater.core.errors import InputError, Problem


def pdf_report(page: str) -> bytes:
    """Return a page as a tagged PDF; the same page gives the same pages.

    Raises
    ------
    InputError
        If WeasyPrint, or the library it draws text with, is not there.
    """
    made = _weasyprint().HTML(string=page, url_fetcher=_refused)
    return bytes(made.write_pdf(pdf_variant="pdf/ua-1"))


def check_pdf() -> None:
    """Refuse, before any long work, where no PDF can be made.

    Raises
    ------
    InputError
        If WeasyPrint, or the library it draws text with, is not there.
    """
    _weasyprint()


def _weasyprint() -> Any:
    try:
        import weasyprint  # noqa: PLC0415 - an optional extra
    except ImportError as error:
        remedy = "Install it: pip install 'headwater[pdf]'. Or write --statement and print that."
        raise InputError(Problem("--pdf", "needs the extra 'pdf'.", remedy)) from error
    except OSError as error:
        what = f"cannot load the library that draws its text ({error})."
        raise InputError(Problem("--pdf", what, "Install Pango.")) from error
    return weasyprint


def _refused(address: str, **_: Any) -> Any:
    """Fetch nothing: a statement holds everything it shows."""
    raise ValueError(address)

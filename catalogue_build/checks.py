"""Hold the calibrated pathway against published figures: `python -m catalogue_build.checks`.

Reads only what is shipped; writes `data/checks.json` and `data/checks_2022.json`. Run it after
`catalogue_build.pathway`, and whenever programmes, places or prices are built anew.
"""

from dataclasses import asdict
from typing import get_args

from catalogue_build.tables import write_json
from headwater.catalogue.pathway import Vintage, file_of
from headwater.workflows.checks.working import work_out


def main() -> None:
    """Write the checks of every vintage; print them."""
    for vintage in get_args(Vintage):
        found = work_out(vintage)
        write_json(file_of("checks", vintage), [asdict(check) for check in found])
        for check in found:
            kind = "fitted" if check.fitted else "check "
            print(
                f"{kind}  {check.name}: published {check.published:,.4g},"
                f" model {check.modelled:,.4g}"
            )


if __name__ == "__main__":
    main()

"""Write the pages that follow from the code: `python docs/generate.py`, or `--check` to compare.

- `reference/json.md`: every key of every result, from the frozen dataclasses that hold them;
- `reference/case-file.md`, `reference/scenario-file.md`: every field of what people write;
- `reference/agreement-file.md`, `reference/agreement.schema.json`: every field of an agreement, and
  an example of each kind of term from `tests/spec/terms`;
- `reference/command-line.md`: every `--help`, at 80 columns;
- `reference/indigo.md`: every field of the INDIGO data standard, from the catalogue;
- `methods/checks-table.md`: the model beside published figures, from the catalogue's checks;
- `methods/record-table.md`, `methods/record.svg`: the record of forecasts, from the catalogue;
- `reference/contracts/`, `reference/mechanisms.md`, `reference/agreements-by-hand.md`: real
  contracts with what was published of them, what they do, and agreements worked by hand;
- `sources.bib`: the catalogue's sources.

What a key or field means stands in its own docstring or in its class's, else in `keys.toml`; one
that stands in neither stops the script, and so does an entry in `keys.toml` that nothing bears.
"""

import tomllib
from pathlib import Path

from headwater.workflows.business_case import BusinessCase
from headwater.workflows.contracts.contract_list import ContractList
from headwater.workflows.contracts.contract_shown import ContractCard
from headwater.workflows.forecast.past import PastRecord
from headwater.workflows.forecast.result import Forecast
from headwater.workflows.indigo import IndigoResult
from headwater.workflows.places import Card, PlaceList
from headwater.workflows.programme_card import ProgrammeCard
from headwater.workflows.programmes import ProgrammeList
from headwater.workflows.settle.result import WholeStatement

DOCS = Path(__file__).parent
KEYS = tomllib.loads((DOCS / "keys.toml").read_text(encoding="utf-8"))
RESULTS: dict[str, tuple[type, ...]] = {
    "business-case": (BusinessCase,),
    "contracts": (ContractList, ContractCard),
    "forecast": (Forecast,),
    "forecast-record": (PastRecord,),
    "indigo": (IndigoResult,),
    "places": (PlaceList, Card),
    "programmes": (ProgrammeList, ProgrammeCard),
    "settle": (WholeStatement,),
}
WHEN = {
    PlaceList: "without a name",
    Card: "for one place",
    ProgrammeList: "without a name",
    ProgrammeCard: "for one programme",
    BusinessCase: "always",
    ContractList: "without a name",
    ContractCard: "for one contract",
    Forecast: "of a place",
    PastRecord: "with `--record`",
    IndigoResult: "always",
    WholeStatement: "always",
}
COMMANDS = (
    "",
    "business-case",
    "contracts",
    "forecast",
    "indigo",
    "lint",
    "places",
    "programmes",
    "settle",
    "verify",
)

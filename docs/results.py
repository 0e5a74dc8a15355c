"""Every command, and the types behind the document that its `--json` writes."""

from headwater.workflows.business_case import BusinessCase
from headwater.workflows.care_days.result import CountedDays
from headwater.workflows.check_return.result import CheckedReturn
from headwater.workflows.claims.result import MadeClaims
from headwater.workflows.contracts.contract_list import ContractList
from headwater.workflows.contracts.contract_shown import ContractCard
from headwater.workflows.fit_pathway.result import FittedPathway
from headwater.workflows.forecast.past import PastRecord
from headwater.workflows.forecast.result import Forecast
from headwater.workflows.indigo import IndigoResult
from headwater.workflows.lint.answer import Linted
from headwater.workflows.measure.result import Measured
from headwater.workflows.odds.result import OddsResult
from headwater.workflows.places import Card, PlaceList
from headwater.workflows.programme_card import ProgrammeCard
from headwater.workflows.programmes import ProgrammeList
from headwater.workflows.pseudonymise.result import Pseudonymised
from headwater.workflows.settle.certificate import Verified
from headwater.workflows.settle.result import WholeStatement
from headwater.workflows.synthesise import Synthesis
from headwater.workflows.waterfall.result import WaterfallAnswer

RESULTS: dict[str, tuple[type, ...]] = {
    "business-case": (BusinessCase,),
    "care-days": (CountedDays,),
    "check-return": (CheckedReturn,),
    "claims": (MadeClaims,),
    "contracts": (ContractList, ContractCard),
    "fit-pathway": (FittedPathway,),
    "forecast": (Forecast,),
    "forecast-record": (PastRecord,),
    "indigo": (IndigoResult,),
    "places": (PlaceList, Card),
    "programmes": (ProgrammeList, ProgrammeCard),
    "lint": (Linted,),
    "measure": (Measured,),
    "odds": (OddsResult,),
    "pseudonymise": (Pseudonymised,),
    "settle": (WholeStatement,),
    "synthesise": (Synthesis,),
    "verify": (Verified,),
    "waterfall": (WaterfallAnswer,),
}
WHEN = {
    PlaceList: "without a name",
    Card: "for one place",
    ProgrammeList: "without a name",
    ProgrammeCard: "for one programme",
    BusinessCase: "always",
    CountedDays: "always",
    CheckedReturn: "always",
    Pseudonymised: "always",
    MadeClaims: "always",
    Measured: "always",
    ContractList: "without a name",
    ContractCard: "for one contract",
    FittedPathway: "always",
    Forecast: "of a place",
    PastRecord: "with `--record`",
    IndigoResult: "always",
    Synthesis: "always",
    WholeStatement: "always",
}

COMMANDS = (
    "",
    "business-case",
    "care-days",
    "check-return",
    "claims",
    "contracts",
    "fit-pathway",
    "forecast",
    "indigo",
    "lint",
    "measure",
    "odds",
    "places",
    "programmes",
    "pseudonymise",
    "settle",
    "synthesise",
    "verify",
    "waterfall",
)

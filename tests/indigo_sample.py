"""Made-up projects in the forms in which INDIGO data is published."""

# ruff: noqa: E501 - headings stand as they are published

from pathlib import Path

from openpyxl import Workbook

PROJECTS = """\
ID,Impact Bond Name - (Value),Stage of Development - (Value),Overall project finance - Total outcome payments made - Currency - (Value)
INDIGO-POJ-9001,Edge of Care (made up),Complete,GBP
INDIGO-POJ-9002,Going Home (made up),Implementation,GBP
"""
METRICS = """\
Project ID,Id,Outcome Definition - (Value),Unit type of targeted Service users or beneficiaries - (Value),Sources,Notes
INDIGO-POJ-9001,outcomemetric1,Weeks out of care,Individual,source1,
INDIGO-POJ-9001,outcomemetric2,No new plan after six months,Individual,,
INDIGO-POJ-9001,outcomemetric3,School attendance,Individual,,
INDIGO-POJ-9002,outcomemetric1,Home for three months,Individual,,
INDIGO-POJ-9002,outcomemetric2,Home for a year,Individual,,
INDIGO-POJ-9002,outcomemetric3,Wellbeing,Individual,,
"""
PRICINGS = """\
Project ID,Outcome Metric Id - (Value),Currency - (Value),Price Per Unit - Amount - (Value),Price Per Unit - Amount USD - (Value),Contracted increases to outcome pricing - (Value),Sources,Notes
INDIGO-POJ-9001,outcomemetric1,GBP,220.50,,,,
INDIGO-POJ-9001,outcomemetric2,GBP,1000,,2% a year from 2021,,
INDIGO-POJ-9001,outcomemetric3,GBP,50,,,,
INDIGO-POJ-9002,outcomemetric1,GBP,"2,500",,,,
INDIGO-POJ-9002,outcomemetric2,USD,4000,,,,
"""
PAYMENTS = """\
Project ID,Outcome Payment Plan Id - (Value),Outcome Metric Id - (Value),Period - Start - (Value),Period - End - (Value),Payer Organisation ID - (Value),Recipient Organisation ID - (Value),Type - (Value),Payments - Currency - (Value),Payments - Amount - (Value),(In Sandboxes),Sources,Notes
INDIGO-POJ-9001,plan1,outcomemetric1,2018-10,2022-10,INDIGO-ORG-9001,,Actual,GBP,2205,,,
INDIGO-POJ-9001,plan1,outcomemetric2,2018-10,2020-03,INDIGO-ORG-9001,,Actual,GBP,3000,,,
INDIGO-POJ-9001,plan1,outcomemetric2,2020-04,2022-10,INDIGO-ORG-9001,,Actual,GBP,3120,,,
INDIGO-POJ-9001,plan1,outcomemetric3,2023,2023,INDIGO-ORG-9001,,Actual,GBP,500,,,
INDIGO-POJ-9001,plan1,,2018-10,2022-10,,,Planned,GBP,9000,,,
INDIGO-POJ-9002,plan1,outcomemetric1,2019,2020,,,,GBP,5000,,,
INDIGO-POJ-9002,plan1,outcomemetric2,2019,2020,,,Actual,GBP,8000,,,
INDIGO-POJ-9002,plan1,outcomemetric3,2019,2020,,,Actual,GBP,100,,,
"""
PLANS = """\
Project ID,Outcome Payment Plan Id - (Value),Period - Start - (Value),Period - End - (Value),Sources,Notes
INDIGO-POJ-9001,plan1,2018-10,2022-10,,
INDIGO-POJ-9002,plan1,2019,2020,,
"""
RESULTS = """\
Project ID,Outcome Metric Id - (Value),Result level - (Value),Result type - (Value),Period - Start - (Value),Period - End - (Value),Outcomes achieved - (Value),Number engaged In impact bond - (Value),Number with Positive social outcomes - (Value),Sources,Notes,(In Sandboxes)
INDIGO-POJ-9001,outcomemetric1,Outcome level,Final,2018-10-01,2022-10-01,10,41,,,,
INDIGO-POJ-9001,outcomemetric2,Outcome level,Final,2018-10-01,2022-10-01,6,41,,,,
INDIGO-POJ-9001,outcomemetric3,Outcome level,Final,2018-10-01,2022-10-01,10,41,,,,
INDIGO-POJ-9002,outcomemetric1,Outcome level,Final,2019,2020,2,,,,,
INDIGO-POJ-9002,outcomemetric2,Outcome level,Final,2019,2020,2,,,,,
INDIGO-POJ-9002,outcomemetric3,Outcome level,Final,2019,2020,most children felt better,,12,,,
"""
TABLES = {
    "projects.csv": PROJECTS,
    "projects_outcome_metrics.csv": METRICS,
    "projects_outcome_pricings.csv": PRICINGS,
    "projects_outcome_payments.csv": PAYMENTS,
    "projects_outcome_payment_plans.csv": PLANS,
    "projects_results.csv": RESULTS,
}


def folder(path: Path, **changes: str | bytes | None) -> Path:
    """Write the tables to a folder; a change replaces, adds or (None) leaves out a file."""
    path.mkdir(exist_ok=True)
    held = {name.removesuffix(".csv"): text for name, text in TABLES.items()}
    for name, content in {**held, **changes}.items():
        if content is not None:
            data = content if isinstance(content, bytes) else content.encode()
            (path / f"{name}.csv").write_bytes(data)
    return path


def said(value, status: str = "") -> dict:
    """Return a value as the standard's JSON has it."""
    return {"value": value, **({"status": status} if status else {})}


DOCUMENT = {
    "project": {
        "id": "INDIGO-POJ-9003",
        "data": {
            "status": "PUBLIC",
            "name": said("Staying Together (made up)", "PUBLIC"),
            "headwater_colour": {"shade": [1.50, None]},
            "outcome_metrics": [{"id": "outcomemetric1", "definition": said("Days at home")}],
            "outcome_pricings": [
                {
                    "outcome_metric_id": said("outcomemetric1"),
                    "currency": said("GBP"),
                    "price_per_unit": {"amount": said(0.10, "DISPUTED")},
                    "maximum_price_if_all_targets_achieved": {"amount": said("900")},
                    "agreed_by": "a letter",
                }
            ],
            "results": [
                {
                    "outcome_metric_id": said("outcomemetric1"),
                    "period": {"start_date": said("2020"), "end_date": said("2021-06")},
                    "outcomes_achieved": said("3"),
                    "status": "PRIVATE",
                }
            ],
            "outcome_payments": [
                {
                    "outcome_metric_id": said("outcomemetric1"),
                    "period": {"start_date": said("2020-01"), "end_date": said("2021")},
                    "type": said("Actual"),
                    "money": {"currency": said("GBP"), "amount": said(0.3)},
                }
            ],
            "service_provisions": [
                {
                    "id": "provision1",
                    "organisation_id": said("INDIGO-ORG-9009"),
                    "organisation_role_category": said("Nonprofit/NGO"),
                }
            ],
        },
    }
}


def form(path: Path, *, headed: bool = False) -> Path:
    """Write one project as a workbook in the standard's form, named after the project."""
    book = Workbook()
    overview = book.active
    overview.title = "General Overview"
    overview["C10"], overview["C14"], overview["C29"] = "Family First (made up)", "Complete", 2018
    sheets = {
        "Outcome Metrics": (11, ("outcomemetric1", "Weeks at home")),
        "Outcome Pricing (Proto)": (12, ("outcomemetric1", "GBP", 100)),
        "Outcome Payments": (
            12,
            (
                "outcomemetric1",
                "2018",
                "2019",
                "INDIGO-ORG-9001",
                "A council",
                None,
                None,
                "Actual",
                "GBP",
                700,
            ),
        ),
        "Performance & Results": (
            12,
            ("outcomemetric1", "Outcome level", "Final", "2018", "2019", 7),
        ),
    }
    heads = {"Outcome Metrics": ("Id", "Outcome Definition")}
    for title, (row, cells) in sheets.items():
        sheet = book.create_sheet(title)
        sheet["A1"] = "Notes for whoever fills this in"
        for at, value in enumerate(heads.get(title, ()) if headed else (), start=1):
            sheet.cell(row - 1, at, value)
        for at, value in enumerate(cells, start=1):
            sheet.cell(row, at, value)
    file = path / "INDIGO-POJ-9004.xlsx"
    book.save(file)
    return file

"""A small graph to search in, and what people type with what they must find first."""

from graph.identifiers import IdentifierKey
from tests import worlds

SSN = "219-09-9999"
LEI = "5493001KJTIIGC8Y1R12"


def rows(key: IdentifierKey) -> tuple[worlds.Row, ...]:
    """Some of each kind, with names that are easily taken for one another."""
    names = {
        "A-11": "Harbor Textiles",
        "A-12": "Harbor Textiles of Maine, Inc.",
        "A-13": "Textile Harbor Supply",
        "A-14": "Harborview Footwear LLC",
        "A-15": "3M Abrasives Import",
        "A-16": "Baker & Sons",
        "A-17": "Copperline Instruments",
    }
    return (
        *(worlds.account(id_, name) for id_, name in names.items()),
        worlds.account("A-21", "Pelican Point Customs Brokers", "Broker"),
        worlds.number(key, "N-11", "12-3456789AB"),
        worlds.number(key, "N-12", "12-3456789AC"),
        worlds.number(key, "N-13", "061234-12345"),
        worlds.number(key, "N-14", SSN),
        worlds.code("B76"),
        worlds.organization("O-11", "Société Générale de Filature", aliases=["SGF Filature"]),
        worlds.organization("O-12", "Müller & Söhne GmbH", lei=LEI, duns="150483782"),
        worlds.organization("O-13", "O'Brien Woollens Ltd"),
        worlds.organization("O-14", "日本紡績"),
        worlds.organization("O-15", "Holder Holdings", aliases=["Lantern Trading"]),
        worlds.person("P-11", "Iris Fenwick"),
        worlds.unspecified("U-11", "UNKNOWN"),
        worlds.manager("M-11", "Nora Fairweather"),
        worlds.NodeRow(
            "Specialist", "S-11", ("Specialist",), {"name": "Owen Tarn", "active": True}
        ),
        worlds.NodeRow(
            "Issue",
            "X-11",
            ("Issue",),
            {
                "title": "Wrong duty on knitted gloves",
                "purpose": "ADVICE",
                "status": "OPEN",
                "openedOn": worlds.SINCE,
            },
        ),
        worlds.claim("ImporterNumber:N-11", "IDENTIFIES", "Account:A-11"),
        worlds.claim("ImporterNumber:N-12", "IDENTIFIES", "Account:A-11"),
        worlds.claim("ImporterNumber:N-13", "IDENTIFIES", "Account:A-17"),
        worlds.claim("ImporterNumber:N-14", "IDENTIFIES", "Account:A-16"),
        worlds.claim("FilerCode:B76", "IDENTIFIES", "Account:A-21"),
        worlds.claim("Party:O-15", "HOLDS", "ImporterNumber:N-11"),
    )


TABLE = [
    # whole words, their order, case and spaces
    ("Harbor Textiles", "Harbor Textiles"),
    ("harbor textiles", "Harbor Textiles"),
    ("textiles harbor", "Harbor Textiles"),
    ("  HARBOR   TEXTILES ", "Harbor Textiles"),
    ("maine", "Harbor Textiles of Maine, Inc."),
    ("Harbor Textiles Maine", "Harbor Textiles of Maine, Inc."),
    ("supply textile", "Textile Harbor Supply"),
    # beginnings of words
    ("harborv", "Harborview Footwear LLC"),
    ("copp inst", "Copperline Instruments"),
    ("peli cust", "Pelican Point Customs Brokers"),
    ("nor fair", "Nora Fairweather"),
    # accents and other alphabets
    ("societe generale", "Société Générale de Filature"),
    ("Société", "Société Générale de Filature"),
    ("muller sohne", "Müller & Söhne GmbH"),
    ("MÜLLER", "Müller & Söhne GmbH"),
    ("日本紡績", "日本紡績"),
    # punctuation
    ("o'brien", "O'Brien Woollens Ltd"),
    ("obrien", "O'Brien Woollens Ltd"),
    ("baker & sons", "Baker & Sons"),
    ("baker and sons", "Baker & Sons"),
    ("baker, sons.", "Baker & Sons"),
    ("3M", "3M Abrasives Import"),
    ("harbor (textiles)", "Harbor Textiles"),
    ('"harbor" AND textiles*', "Harbor Textiles"),
    # company suffixes
    ("Muller & Sohne Inc", "Müller & Söhne GmbH"),
    ("harborview footwear llc", "Harborview Footwear LLC"),
    ("copperline instruments corp.", "Copperline Instruments"),
    # small spelling mistakes
    ("coperline", "Copperline Instruments"),
    ("copperlnie instruments", "Copperline Instruments"),
    ("harbour textiles", "Harbor Textiles"),
    ("farweather", "Nora Fairweather"),
    ("pelikan point", "Pelican Point Customs Brokers"),
    # aliases, staff, issues, Centers, disciplines
    ("lantern trading", "Holder Holdings"),
    ("owen tarn", "Owen Tarn"),
    ("knitted gloves", "Wrong duty on knitted gloves"),
    ("clothing footwear and textiles", "Apparel, Footwear and Textiles"),
    ("petroleum", "Petroleum, Natural Gas and Minerals"),
    ("regulatory auditor", "Regulatory auditor"),
    # whole identifiers, exactly and first
    ("12-3456789AB", "12-3456789AB"),
    ("12-3456789", "12-3456789AB"),
    ("061234-12345", "061234-12345"),
    ("b76", "B76"),
    ("CEE004", "Apparel, Footwear and Textiles"),
    (LEI.lower(), "Müller & Söhne GmbH"),
    ("150483782", "Müller & Söhne GmbH"),
    ("a-17", "Copperline Instruments"),
    ("m-11", "Nora Fairweather"),
]

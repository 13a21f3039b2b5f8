"""Invented names: words put together so that they sound like a business, and are none."""

from collections.abc import Callable
from random import Random


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


FRONT = _words(
    "Alder Amber Birch Bracken Brindle Calder Cinder Copper Corn Dapple Dun Elder Fallow Fenn"
    " Flint Fox Gorse Grey Haze Hollin Juniper Kestrel Lark Linden Marl Mead Merl Nettle Oaken"
    " Osprey Otter Pebble Plover Quill Raven Reed Rowan Rush Sable Sedge Silver Sorrel Starling"
    " Tansy Teal Thistle Umber Vesper Willow Wren Yarrow"
)
BACK = _words(
    "beck borne combe crest dale fell ford garth gate haven holt hurst keep lund marsh mere mill"
    " moor more rigg row shaw stead stoke strand thorpe vale wade wick wold worth yard"
)
TRADE = {
    "CEE001": ("Laboratories", "Chemicals", "Remedies", "Health Supply", "Reagents"),
    "CEE002": ("Foods", "Orchards", "Provisions", "Grain", "Prepared Foods"),
    "CEE003": ("Motors", "Aero Parts", "Drivetrain", "Vehicle Supply", "Coachworks"),
    "CEE004": ("Textiles", "Apparel", "Footwear", "Knitwear", "Garments", "Weaving"),
    "CEE005": ("Steel", "Metals", "Alloys", "Castings", "Fasteners"),
    "CEE006": ("Minerals", "Fuels", "Quarries", "Petroleum", "Aggregates"),
    "CEE007": ("Electronics", "Circuits", "Optics", "Displays", "Instruments"),
    "CEE008": ("Homewares", "Toys", "Furniture", "Consumer Goods", "Sporting Goods"),
    "CEE009": ("Plastics", "Paper", "Glass", "Rubber", "Packaging"),
    "CEE010": ("Machinery", "Pumps", "Tooling", "Presses", "Engines"),
}
BROKERAGE = ("Customs Brokers", "Customs Services", "Brokerage", "Entry Services", "Forwarding")
HOLDING = ("Holdings", "Partners", "Investments", "Group", "Capital", "Ventures")
FORMS = {"US": ("Inc.", "LLC", "Corp."), "CA": ("Ltd.",), "GB": ("Ltd.",), "DE": ("GmbH",)}
FORMS |= {"NL": ("B.V.",), "JP": ("K.K.",), "MX": ("S.A. de C.V.",), "LU": ("S.A.",)}
GIVEN = _words(
    "Adela Alan Amara Anders Anita Basil Beatriz Bruno Carla Cedric Chiara Clement Dana Daria"
    " Dorian Edith Elias Emil Esther Farah Felix Flora Gideon Greta Hanna Hugo Ines Iris Ivan"
    " Jonas Judith Kamal Karin Laszlo Lena Lionel Lucia Magda Marius Mina Nadia Niels Nora Oscar"
    " Paula Petra Quentin Rafael Renata Rufus Sabine Selma Simon Tamar Theo Ursula Viktor Wanda"
    " Yusuf Zelda"
)
FAMILY = _words(
    "Abbey Ashdown Aldous Arkwell Barrowby Beckman Bellweather Brackley Calloway Castell"
    " Cheswick Corrigan Dalgarno Deverell Drayford Eastlake Ellwood Fairweather Farrant Fenwicke"
    " Garrick Goodhart Greenhalgh Hallam Harkness Hathersage Holbrooke Inglewood Jessop Kettering"
    " Kingsnorth Lambourne Larkin Lockwood Maddern Marchbank Merriweather Northcott Oakeshott"
    " Ormsby Penhallow Pemberley Quillfeather Radcliffe Ravenhill Redfern Sallow Selwood"
    " Shelbourne Stanhope Tarleton Thornbury Treadgold Underhill Vance Wainscott Westerby"
    " Whitlock Winterbourne Yeardley"
)
STREETS = ("Quay Road", "Mill Lane", "Depot Street", "Harbor Way", "Granary Row", "Canal Street")


class Names:
    """Gives each name once."""

    def __init__(self, random: Random) -> None:
        """Names drawn with this chance."""
        self._random = random
        self._taken: set[str] = set()

    def word(self) -> str:
        """A word for a business, new to the world."""
        return self._new(lambda: self._random.choice(FRONT) + self._random.choice(BACK))

    def person(self) -> str:
        """A person's name, new to the world."""
        return self._new(lambda: f"{self._random.choice(GIVEN)} {self._random.choice(FAMILY)}")

    def business(self, center: str) -> str:
        """A trading name in the line of a Center, without legal form."""
        return f"{self.word()} {self._random.choice(TRADE[center])}"

    def brokerage(self) -> str:
        """A customs broker's trading name."""
        return f"{self.word()} {self._random.choice(BROKERAGE)}"

    def holding(self) -> str:
        """A name for a company that only holds others."""
        return f"{self.word()} {self._random.choice(HOLDING)}"

    def formal(self, name: str, country: str) -> str:
        """The name with a legal form of the country, if we know one."""
        forms = FORMS.get(country)
        return f"{name} {self._random.choice(forms)}" if forms else name

    def address(self) -> str:
        """An address, used only to be hashed."""
        return f"{self._random.randint(1, 990)} {self._random.choice(STREETS)}, {self.word()}"

    def _new(self, make: Callable[[], str]) -> str:
        while (name := make()) in self._taken:
            pass
        self._taken.add(name)
        return name

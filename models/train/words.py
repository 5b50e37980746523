"""What stands in the slots of a template: names, places, things, numbers, dates, and words that do not exist.

Held-out draws use lists and made-up words that training never sees. A third of the training draws are made up, so that
copying must be learnt rather than a list of values.
"""
import datetime
import random

_split = str.split

TRAIN = {
    "name": _split("""Ana Ben Clara David Emma Felix Grace Hugo Iris Jack Kate Liam Maria Noah Olivia Peter Quinn Rosa Sam Tina Uma Victor
        Wendy Xavier Yara Zoe Adam Bella Carlos Diana Ethan Fiona George Hannah Ivan Julia Kevin Laura Marco Nina Oscar Paula Rafael Thomas
        Ursula Vera Walter Alice Boris Chloe Daniel Elena Frank Greta Henry Ingrid James Karen Leo Mia Nathan Omar Priya Ravi Sara Tom Wei
        Yusuf Aisha Bruno Cecilia Dmitri Esther Fatima Gustav Helena Igor Jonas Kiran Lena Mateo Nadia Olga Pablo Rita Simon Tara Vikram
        Amira Anders Bea Callum Dora Eduardo Farah Gareth Hiroshi Ines Jamal Kaito Leila Mehmet Naomi Otis Petra Rohan Selma Tariq Ulla Vito
        Yuki Zara Arthur Beth Cyrus Della Emil Freya Gus Hazel Isaac Joan Kofi Lucy Milo Nora Owen Piotr Ruth Sven Thea Umar Viola Will"""),
    "surname": _split("""Smith Jones Brown Taylor Walker Evans Green Hall Wood Clarke Moreau Rossi Silva Novak Kovacs Larsen Jansen Weber Meyer
        Fischer Lopez Garcia Okafor Mensah Singh Patel Khan Chen Wang Kim Tanaka Suzuki Ivanov Petrov Murphy Kelly Byrne Costa Santos"""),
    "city": _split("""Lisbon Paris Oslo Madrid Berlin Rome Vienna Dublin Prague Tokyo London Boston Chicago Toronto Sydney Cairo Athens Warsaw
        Geneva Porto Milan Seattle Denver Austin Mumbai Delhi Seoul Lima Quito Bogota Nairobi Lagos Helsinki Stockholm Munich Zurich Lyon
        Naples Leeds York Bristol Cardiff Glasgow Ghent Bruges Turin Seville Malmo Riga Vilnius Krakow Basel Graz Split Izmir Haifa Osaka
        Busan Manila Jakarta Perth Auckland Dallas Miami Ottawa Montreal Havana Santiago Recife Accra Dakar Tunis Rabat"""),
    "country": _split("Portugal France Norway Spain Germany Italy Austria Ireland Japan Canada Egypt Greece Poland Mexico Brazil India Kenya Peru Chile Finland Sweden Denmark Iceland Turkey Morocco Vietnam Thailand"),
    "job": _split("""nurse teacher plumber lawyer baker pilot farmer doctor dentist architect writer engineer chef driver painter singer banker
        barber carpenter librarian programmer electrician gardener photographer journalist vet waiter tailor chemist judge firefighter
        optician accountant designer mechanic receptionist translator roofer"""),
    "food": _split("""pizza sushi pasta rice soup salad curry tacos bread cheese apples mangoes pancakes chocolate noodles eggs fish chicken
        mushrooms olives strawberries yoghurt carrots potatoes honey waffles beans lentils tofu ramen paella risotto porridge cherries"""),
    "allergen": _split("peanuts milk eggs shellfish wheat soy penicillin pollen dust cats bees latex sesame aspirin mustard celery"),
    "drink": _split("coffee tea lemonade cocoa wine cider beer juice water espresso milk cola mint-tea tonic"),
    "colour": _split("red blue green yellow purple orange white black grey brown pink turquoise silver gold beige navy"),
    "animal": _split("cat dog rabbit parrot hamster tortoise horse goldfish canary snake goat donkey ferret duck"),
    "hobby": _split("""chess painting running swimming knitting gardening cycling climbing sailing fishing baking dancing photography pottery
        hiking skiing yoga karate origami archery surfing juggling birdwatching woodwork"""),
    "thing": _split("""passport charger umbrella camera drill ladder suitcase tent torch hammer kettle blender scarf wallet notebook guitar
        piano printer router thermos helmet rucksack violin telescope tripod toolbox cushion lamp sewing-machine blanket skates racket
        binoculars stapler calculator keyring bracelet necklace watch raincoat boots"""),
    "room": _split("kitchen bathroom bedroom garage cellar attic hallway shed study laundry pantry conservatory"),
    "furniture": _split("drawer cupboard shelf wardrobe desk chest cabinet bookcase box basket trunk sideboard"),
    "subject": _split("maths history physics biology chemistry Spanish French German Latin geography economics law medicine philosophy music"),
    "instrument": _split("piano violin guitar flute cello drums trumpet clarinet harp saxophone"),
    "kin": _split("sister brother mother father aunt uncle cousin grandmother grandfather daughter son wife husband niece nephew"),
    "person": _split("neighbour boss landlord colleague flatmate roommate coach tutor teacher friend accountant gardener plumber hairdresser"),
    "event": _split("""meeting party wedding exam interview appointment flight concert lesson holiday check-up delivery conference dinner
        recital workshop audition match viewing picnic"""),
    "month": _split("January February March April May June July August September October November December"),
    "weekday": _split("Monday Tuesday Wednesday Thursday Friday Saturday Sunday"),
    "book": ["The Silent Harbour", "Paper Moons", "A Year of Rain", "The Last Orchard", "Winter Maps", "Glass Rivers", "The Clockmaker", "Salt and Iron", "Blue Lanterns", "North of Nowhere"],
}
HELD_OUT = {
    "name": _split("""Amelia Bertrand Cordelia Desmond Evelyn Fabian Gwendolyn Harold Imogen Jasper Lucille Malcolm Odette Percival Rosalind
        Stefan Tobias Winifred Zelda Ignatius Mirabel Anton Beatrix Conrad Dorothy Kasimir Oriana Thaddeus Xiomara Yolanda"""),
    "surname": _split("Abernathy Castellano Drummond Eriksson Fairweather Halloran Kowalczyk Lindqvist Montgomery Villanueva"),
    "city": _split("Edinburgh Budapest Marrakesh Vancouver Kyoto Tallinn Bergen Valencia Hanoi Trieste Uppsala Adelaide Cusco Bratislava Zagreb"),
    "country": _split("Croatia Estonia Uruguay Nepal Tunisia Slovenia Jordan Ghana"),
    "job": _split("sculptor astronomer florist surgeon beekeeper locksmith midwife geologist upholsterer"),
    "food": _split("lasagne dumplings hummus shrimp artichokes pretzels gnocchi couscous blackberries"),
    "allergen": _split("walnuts gluten lupin kiwi ibuprofen feathers"),
    "drink": _split("kombucha sherry buttermilk cappuccino ginger-ale"),
    "colour": _split("maroon teal lavender crimson olive ivory"),
    "animal": _split("hedgehog chinchilla peacock gecko alpaca"),
    "hobby": _split("fencing beekeeping calligraphy kayaking embroidery snorkelling"),
    "thing": _split("microscope corkscrew hairdryer wheelbarrow compass projector sleeping-bag accordion crowbar"),
    "room": _split("basement veranda cloakroom workshop"),
    "furniture": _split("dresser locker crate bureau"),
    "subject": _split("astronomy statistics Portuguese sociology geology"),
    "instrument": _split("oboe banjo mandolin ukulele"),
    "kin": _split("stepmother godfather granddaughter twin"),
    "person": _split("dentist therapist caretaker mentor solicitor"),
    "event": _split("rehearsal christening seminar reunion marathon auction"),
    "month": TRAIN["month"],
    "weekday": TRAIN["weekday"],
    "book": ["The Amber Staircase", "Nine Quiet Storms", "Letters to Orion", "The Cartographer"],
}

_ONSETS = "b c d f g h j k l m n p r s t v w z br cr dr fl gr kl pl pr sk sl st tr th sh ch qu".split()
_VOWELS = "a e i o u ai ea ee ou oo y ia".split()
_CODAS = ["", "", "", "n", "r", "l", "s", "t", "m", "x", "nd", "rt", "ck", "sh", "ng", "lm"]


def made_up(rng: random.Random, heldout: bool = False) -> str:
    """A word of two or three syllables that does not exist. Held-out ones have a sound that training never makes."""
    word = "".join(rng.choice(_ONSETS) + rng.choice(_VOWELS) + rng.choice(_CODAS) for _ in range(rng.choice((2, 2, 3))))
    return word + rng.choice(("ziph", "wump", "quill", "vorn", "blat")) if heldout else word


_PROPER = {"name", "surname", "city", "country"}
_MADE_UP_MAY_FILL = _PROPER | {"thing", "food", "hobby", "animal", "allergen", "drink"}


def fill(kind: str, rng: random.Random, heldout: bool = False) -> str:
    """One value for a slot such as `city`, `code` or `date`."""
    if kind in _NUMBERS:
        return _NUMBERS[kind](rng)
    base = kind.rstrip("0123456789")
    if base in _NUMBERS:
        return _NUMBERS[base](rng)
    if base in _MADE_UP_MAY_FILL and rng.random() < 0.33:
        word = made_up(rng, heldout)
        return word.capitalize() if base in _PROPER else word
    if base == "kin" and rng.random() < 0.15:
        return rng.choice(("older", "younger", "little", "big")) + " " + rng.choice(("sister", "brother"))
    return rng.choice((HELD_OUT if heldout else TRAIN)[base]).replace("-", " " if base in ("thing", "drink") else "-")


def _code(rng: random.Random) -> str:
    kind = rng.random()
    if kind < 0.45:
        return str(rng.randint(1_000, 9_999))
    if kind < 0.65:
        return str(rng.randint(100_000, 999_999))
    letters = "".join(rng.choice("ABCDEFGHJKLMNPQRSTUVWXYZ") for _ in range(rng.choice((2, 3))))
    if kind < 0.85:
        return f"{letters}-{rng.randint(10, 9_999)}"
    return f"{made_up(rng)}{rng.randint(1, 99)}"


def _clock(rng: random.Random) -> str:
    hour = rng.randint(1, 12)
    return rng.choice((f"{hour} o'clock", f"{hour} pm", f"{hour} am", f"{rng.randint(0, 23)}:{rng.randint(0, 59):02d}", f"half past {_small(hour)}"))


def _small(number: int) -> str:
    return "zero one two three four five six seven eight nine ten eleven twelve".split()[number]


def _price(rng: random.Random) -> str:
    amount = rng.choice((str(rng.randint(2, 99)), str(rng.randint(100, 3_000)), f"{rng.randint(1, 60)}.{rng.randint(10, 99)}"))
    return rng.choice((f"{amount} euros", f"{amount} pounds", f"${amount}", f"£{amount}"))


_NUMBERS = {
    "code": _code,
    "clock": _clock,
    "price": _price,
    "count": lambda rng: rng.choice((str(rng.randint(2, 40)), _small(rng.randint(2, 12)))),
    "age": lambda rng: str(rng.randint(1, 95)),
    "year": lambda rng: str(rng.randint(1950, 2026)),
    "phone": lambda rng: "0" + "".join(str(rng.randint(0, 9)) for _ in range(3)) + " " + str(rng.randint(100_000, 999_999)),
    "size": lambda rng: rng.choice((str(rng.randint(34, 47)), "small", "medium", "large", f"{rng.randint(5, 12)} and a half")),
    "number": lambda rng: str(rng.randint(1, 250)),
    "day": lambda rng: f"{rng.randint(1, 28)} {rng.choice(TRAIN['month'])}",
    "when": lambda rng: rng.choice((f"on {rng.choice(TRAIN['weekday'])}", f"on {rng.choice(TRAIN['weekday'])} at {_clock(rng)}", f"on {rng.randint(1, 28)} {rng.choice(TRAIN['month'])}", f"in {rng.choice(TRAIN['month'])}")),
}


def said_on(rng: random.Random) -> datetime.date:
    return datetime.date(2023, 1, 1) + datetime.timedelta(days=rng.randrange(1_400))


def written_day(day: datetime.date) -> str:
    """4 March 2026, as the app writes it."""
    return f"{day.day} {TRAIN['month'][day.month - 1]} {day.year}"

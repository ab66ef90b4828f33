"""Make up the students' personal data, without their enrollments."""

from dataclasses import dataclass
from functools import cache
from random import Random
from typing import NamedTuple

_FEMALE = (
    "Abigail, Aaliyah, Adriana, Alejandra, Alicia, Amara, Ana, Anaïs, Anh, Aria, Beatriz, "
    "Brooklyn, Camila, Charlotte, Chloe, Daniela, Destiny, Elena, Elise, Emily, Esperanza, "
    "Evelyn, Fatima, Gabriela, Grace, Guadalupe, Hannah, Hazel, Isabella, Itzel, Jasmine, Jia, "
    "Julissa, Kayla, Keiko, Kiara, Layla, Leilani, Linh, Lucía, Mai, Maria, Maya, Mei, Mia, "
    "Naomi, Natalia, Nevaeh, Noor, Olivia, Paola, Priya, Rosa, Ruby, Savannah, Sofía, Soledad, "
    "Tala, Valentina, Ximena, Yesenia, Zoe"
)
_MALE = (
    "Aaron, Adam, Adrián, Alejandro, Amir, Andrés, Angel, Anthony, Arjun, Benjamin, Caleb, "
    "Carlos, Cesar, Christian, Cristóbal, Damián, Daniel, David, Diego, Dylan, Eduardo, Elijah, "
    "Emiliano, Emmanuel, Ethan, Ezekiel, Fernando, Gabriel, Giovanni, Hector, Hiroshi, Isaac, "
    "Iván, Jaden, Javier, Jayden, Jesús, Joaquín, Jorge, José, Joshua, Julian, Kai, Kevin, "
    "Khalil, Leonardo, Liam, Logan, Luis, Malik, Mateo, Minh, Nathan, Noah, Oscar, Rafael, Ravi, "
    "Samuel, Santiago, Sergio, Thiago, Tomás, Vang, Xavier"
)
_LAST = (
    "Acevedo, Aguilar, Ali, Alvarez, Anderson, Avila, Bailey, Banerjee, Barajas, Begaye, Bell, "
    "Brown, Bui, Cabrera, Campos, Cardenas, Carter, Castañeda, Castillo, Castro, Cervantes, Chan, "
    "Chavez, Chen, Clark, Contreras, Cooper, Cruz, D'Angelo, Davis, De la Cruz, Delgado, Diaz, "
    "Duarte, Edwards, Espinoza, Estrada, Evans, Fernandez, Figueroa, Flores, Fuentes, Gallegos, "
    "Garcia, Garcia-Lopez, Gill, Gomez, Gonzalez, Gray, Guerrero, Gutierrez, Hall, Harris, "
    "Hassan, Hernandez, Herrera, Huang, Ibarra, Jackson, Jimenez, Johnson, Jones, Juarez, Kaur, "
    "Khan, Kim, King, Lara, Lee, Lewis, Li, Long, Lopez, Lozano, Luna, Magaña, Maldonado, Martin, "
    "Martinez, McCarthy, Medina, Mejia, Mendoza, Meza, Miller, Mitchell, Molina, Moore, Morales, "
    "Moreno, Muñoz, Murphy, Navarro, Nguyen, Nguyen-Tran, Nuñez, O'Brien, O'Connor, Ochoa, "
    "Okafor, Orozco, Ortega, Ortiz, Park, Patel, Peña, Perez, Perez-Smith, Pham, Ramirez, Ramos, "
    "Reyes, Rios, Rivera, Robinson, Rodriguez, Rojas, Romero, Rosales, Ruiz, Salazar, Sanchez, "
    "Sandoval, Santos, Serrano, Shah, Silva, Singh, Smith, Solis, Soto, Suarez, Taylor, Thao, "
    "Thomas, Torres, Tran, Valdez, Valencia, Vang, Vargas, Vasquez, Vega, Velasquez, Villa, "
    "Walker, Wang, White, Williams, Wilson, Wong, Wright, Xiong, Yang, Young, Zamora, Zavala, "
    "Zuñiga"
)
_CITIES = (
    "Anaheim, Bakersfield, Berkeley, Chico, Chula Vista, Clovis, Concord, Corona, Downey, El "
    "Centro, Eureka, Fairfield, Fontana, Fresno, Fullerton, Glendale, Hanford, Hayward, Lodi, "
    "Long Beach, Los Angeles, Madera, Merced, Modesto, Monterey, Napa, Oakland, Oceanside, "
    "Oxnard, Palmdale, Pomona, Porterville, Redding, Richmond, Riverside, Sacramento, Salinas, "
    "San Bernardino, San Diego, San Francisco, San José, Santa Ana, Santa Rosa, Stockton, "
    "Torrance, Turlock, Ukiah, Vallejo, Visalia, Yuba City"
)
_BORN_ABROAD = (
    ("Guadalajara", "MX"),
    ("Tijuana", "MX"),
    ("Manila", "PH"),
    ("Ho Chi Minh City", "VN"),
    ("San Salvador", "SV"),
    ("Jalandhar", "IN"),
    ("Guangzhou", "CN"),
)
_BORN_IN_OTHER_STATES = (("Reno", "US-NV"), ("Phoenix", "US-AZ"), ("Portland", "US-OR"))

_NONBINARY = 0.004
_MIDDLE_NAME = 0.6
_SUFFIX = 0.015
_ALIAS = 0.02
_ABROAD = 0.06
_OTHER_STATE = 0.05


class Person(NamedTuple):
    """A made-up student; ``birth_day`` is a day number."""

    ssid: str
    local_student_id: str
    first: str
    middle: str
    last: str
    suffix: str
    alias_first: str
    birth_day: int
    gender: str
    birth_city: str
    birth_state: str
    birth_country: str


@dataclass(frozen=True)
class _Names:
    female: tuple[str, ...]
    male: tuple[str, ...]
    last: tuple[str, ...]
    cities: tuple[str, ...]


@cache
def _names() -> _Names:
    return _Names(*(tuple(names.split(", ")) for names in (_FEMALE, _MALE, _LAST, _CITIES)))


def choose_ssid_step(rng: Random, most: int) -> int:
    """Return how far an SSID is above the one before: at least 2, so that one number is free."""
    return 2 + int(rng.random() * (most - 1))


def make_person(rng: Random, ssid: int, local_student_id: int, birth_day: int) -> Person:
    """Return a made-up student with the given identifiers and birth date."""
    random, names = rng.random, _names()
    u = random()
    gender = "X" if u < _NONBINARY else "F" if u < 0.5 else "M"
    first_names = names.female if gender == "F" or u < _NONBINARY / 2 else names.male
    u = random()
    if u < _ABROAD:
        city, country = _BORN_ABROAD[int(random() * len(_BORN_ABROAD))]
        state = ""
    elif u < _ABROAD + _OTHER_STATE:
        city, state = _BORN_IN_OTHER_STATES[int(random() * len(_BORN_IN_OTHER_STATES))]
        country = "US"
    else:
        city = names.cities[int(random() * len(names.cities))]
        state, country = "US-CA", "US"
    # Positional arguments: naming the twelve would take twice as long.
    return Person(
        str(ssid),
        str(local_student_id),
        first_names[int(random() * len(first_names))],
        first_names[int(random() * len(first_names))] if random() < _MIDDLE_NAME else "",
        names.last[int(random() * len(names.last))],
        "Jr" if gender == "M" and random() < _SUFFIX else "",
        first_names[int(random() * len(first_names))] if random() < _ALIAS else "",
        birth_day,
        gender,
        city,
        state,
        country,
    )


def make_other_person(rng: Random, person: Person) -> Person:
    """Return a made-up student with the same identifiers, but another first and last name."""
    while True:
        other = make_person(rng, 0, 0, person.birth_day)
        if other.first != person.first and other.last != person.last:
            return other._replace(ssid=person.ssid, local_student_id=person.local_student_id)


def write_person(person: Person, separator: str, birth_dates: tuple[str, ...]) -> str:
    """Return fields 1.08 to 1.21, with the birth date from a table of day texts."""
    return separator.join(
        (
            person.ssid,
            person.local_student_id,
            person.first,
            person.middle,
            person.last,
            person.suffix,
            person.alias_first,
            "",
            "",
            birth_dates[person.birth_day],
            person.gender,
            person.birth_city,
            person.birth_state,
            person.birth_country,
        )
    )

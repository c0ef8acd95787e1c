"""Names of customers and places, to draw from; and the people of the demo firm."""

from dataclasses import dataclass

from services.access.policy import Role

CUSTOMER_COMPANIES = (
    "Hotel Cap Roig SA", "Construccions Vall-llobera SL", "Ajuntament de Riudaura", "Restaurant Can Xicu SL",
    "Gràfiques Alzina SL", "Òptica Mirall SL", "Forn de Pa Sant Roc SL", "Celler Mas Pujol SA", "Farmàcia Coll CB",
    "Supermercats La Plana SL", "Instal·lacions Serrat SL", "Col·legi La Farigola SCCL", "Muebles Nuñez e Hijos SL",
    "Càmping Riu Fluvià SL", "Autocars Güell SA", "Pastisseria Illa SL", "Residència Els Til·lers SL",
    "Electrònica Muñoz SL", "Viatges Tramuntana SL", "Gimnàs Força SL", "Bodegas Peñarrubia SA", "Hostal Öland SL",
    "Comunitat de Propietaris Major 14", "Fundació Bosc Viu", "Editorial Alba SL", "Metal·lúrgica Ribes SA",
)  # fmt: skip
CUSTOMER_PEOPLE = (
    "Núria Casadevall Soler", "Joan Peña Ruiz", "Anna Muñoz Vila", "Pere Güell Marimon", "Íngrid Sjöberg",
    "Carme Roca Pla", "Miquel Àngel Serra", "Rosa Ibáñez Coll", "David Fernández López", "Teresa Bosch Mir",
    "Björn Åkesson", "Mercè Vilanova Riu", "Àlex Torrent Grau", "Lucía Gómez Ortiz", "Ramon Pujol Font",
    "Sílvia Camps Oller", "Óscar Núñez Vidal", "Eva Prat Casals", "Marc Estrada Solà", "Júlia Bonet Rius",
)  # fmt: skip
STREETS = (
    "Carrer Major",
    "Avinguda de Girona",
    "Passeig del Mar",
    "Calle Nueva",
    "Plaça del Mercat",
    "Rambla Nova",
)
TOWNS = (
    ("Olot", "17800", "Girona"), ("Vic", "08500", "Barcelona"), ("Girona", "17002", "Girona"),
    ("Reus", "43201", "Tarragona"),
    ("Lleida", "25001", "Lleida"), ("Barcelona", "08015", "Barcelona"), ("Figueres", "17600", "Girona"),
)  # fmt: skip
BANKS = (("2100", "0418"), ("0182", "3025"), ("0081", "0105"), ("0049", "1834"))


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody of the demo firm."""

    name: str
    email: str
    role: Role
    locale: str = "es"


FIRM_NAME = "Gestoria Puig i Associats SLP"
OWNER = Colleague("Marta Puig", "marta@puig.example", Role.FIRM_OWNER)
ADMIN = Colleague("Jordi Serra", "jordi@puig.example", Role.FIRM_ADMIN, "ca")
LAIA = Colleague("Laia Ferrer", "laia@puig.example", Role.ACCOUNT_MANAGER, "ca")
MARC = Colleague("Marc Soler", "marc@puig.example", Role.ACCOUNT_MANAGER)
BOOKKEEPER = Colleague("Ingrid Åkesson", "ingrid@puig.example", Role.BOOKKEEPER, "sv")
CLIENT_OWNER = Colleague("Núria Puigdevall", "nuria@fusteriapuigdevall.example", Role.CLIENT_OWNER)

"""The thirteen client companies of the demo firm: what each sells and buys, to whom, and what it granted."""

from dataclasses import dataclass
from decimal import Decimal

from services.access.policy import Scope, SubscriptionPlan

VAT = Decimal(21)
REDUCED = Decimal(10)
LOW = Decimal(4)
EXEMPT = Decimal(0)


@dataclass(frozen=True, slots=True)
class Item:
    """Something sold or bought. `price` is a usual unit price before tax, in euro; it varies by a tenth."""

    description: str
    price: str
    tax_rate: Decimal = VAT
    account: str | None = None
    is_product: bool = True
    most: int = 1
    """Largest quantity of one line."""


@dataclass(frozen=True, slots=True)
class Supply:
    """A supplier with what it invoices; `each_month` comes every month, the others now and then."""

    supplier: str
    items: tuple[Item, ...]
    each_month: bool = False
    withholding_rate: str = "0"


@dataclass(frozen=True, slots=True, kw_only=True)
class Trade:
    """One client of the firm. `customers` is companies, people or both; `slug` opens its portal."""

    name: str
    trade: str
    city: str
    postcode: str
    province: str
    tax_letter: str
    sells: tuple[Item, ...]
    buys: tuple[Supply, ...]
    customers: str = "companies"
    withheld_rate: str = "0"
    invoices_a_month: int = 3
    slug: str
    color: str
    plan: SubscriptionPlan = SubscriptionPlan.FULL
    lacks: frozenset[Scope] = frozenset()


def _service(description: str, price: str, *, rate: Decimal = VAT, most: int = 1) -> Item:
    return Item(description, price, rate, "705", is_product=False, most=most)


def _goods(description: str, price: str, *, rate: Decimal = VAT, most: int = 6) -> Item:
    return Item(description, price, rate, "700", most=most)


def _cost(description: str, price: str, account: str, *, rate: Decimal = VAT) -> Item:
    return Item(description, price, rate, account, is_product=account.startswith("60"))


RENT = Supply("Immobles Mercadal SL", (_cost("Alquiler del local", "650", "621"),), each_month=True, withholding_rate="19")
POWER = Supply("Energia Clara Comercializadora SA", (_cost("Electricidad", "140", "628"),), each_month=True)
PHONE = Supply("Telefonia Pirineu SL", (_cost("Teléfono e internet", "62", "628"),), each_month=True)
CLEANING = Supply("Neteges Blaves SL", (_cost("Limpieza del local", "180", "629"),))
REPAIRS = Supply("Manteniments Garrotxa SL", (_cost("Reparación de la instalación", "240", "622"),))
INSURANCE = Supply("Correduría Rius SL", (_cost("Seguro de responsabilidad civil", "320", "625", rate=EXEMPT),))
LAWYER = Supply("Despatx Vilaró", (_cost("Asesoramiento jurídico", "300", "623"),), withholding_rate="15")
ADVERTS = Supply("Impremta Nova SL", (_cost("Folletos y carteles", "150", "627"),))

TRADES: tuple[Trade, ...] = (
    Trade(
        name="Fusteria Puigdevall SL", trade="Carpintería", city="Olot", postcode="17800", province="Girona",
        tax_letter="B", slug="fusteria-puigdevall", color="#8a4b1f", invoices_a_month=4,
        sells=(
            _goods("Estantería de roble a medida", "385"), _goods("Mesa de comedor de haya", "620", most=2),
            _goods("Puerta interior lacada", "295", most=8), _service("Montaje en obra, hora", "38", most=12),
            _service("Reforma de cocina en vivienda", "1450", rate=REDUCED),
        ),
        buys=(
            RENT, POWER, Supply("Fustes Montseny SA", (_cost("Tablero de roble", "410", "601"), _cost("Herrajes", "85", "602"))),
            Supply("Ferreteria Casals SL", (_cost("Tornillería y cola", "64", "602"),)), REPAIRS, INSURANCE,
        ),
    ),
    Trade(
        name="Bar El Racó de la Plaça SCP", trade="Bar y restaurante", city="Vic", postcode="08500", province="Barcelona",
        tax_letter="J", slug="el-raco", color="#a5341f", invoices_a_month=3,
        sells=(
            _service("Menú de grupo", "16.50", rate=REDUCED, most=28), _service("Servicio de cáterin", "420", rate=REDUCED),
            _service("Desayuno de trabajo", "6.80", rate=REDUCED, most=20), _service("Alquiler de la sala", "120"),
        ),
        buys=(
            RENT, POWER, Supply("Fruites del Lluçanès SL", (_cost("Fruta y verdura", "210", "600", rate=LOW),), each_month=True),
            Supply("Carns Bassas SA", (_cost("Carne", "340", "600", rate=REDUCED),)),
            Supply("Begudes Osona SL", (_cost("Bebidas", "275", "600"),)), CLEANING,
        ),
    ),
    Trade(
        name="Clínica Dental Peña & Muñoz SLP", trade="Clínica dental", city="Girona", postcode="17001", province="Girona",
        tax_letter="B", customers="people", slug="pena-munoz", color="#0f6b8f", invoices_a_month=4,
        sells=(
            _service("Limpieza bucal", "60", rate=EXEMPT), _service("Empaste", "75", rate=EXEMPT, most=3),
            _service("Corona de porcelana", "390", rate=EXEMPT), _service("Ortodoncia, cuota mensual", "95", rate=EXEMPT),
            _service("Blanqueamiento estético", "240"),
        ),
        buys=(
            RENT, PHONE, Supply("Dipòsit Dental Català SA", (_cost("Material dental", "330", "602"),)),
            Supply("Laboratori Protèsic Ter SL", (_cost("Prótesis a medida", "260", "607", rate=EXEMPT),)), INSURANCE,
        ),
    ),
    Trade(
        name="Transports Ferrer i Germans SL", trade="Transporte de mercancías", city="Manresa", postcode="08240",
        province="Barcelona", tax_letter="B", slug="transports-ferrer", color="#1f4e8a", invoices_a_month=4,
        sells=(
            _service("Transporte Manresa-Valencia", "540", most=3), _service("Transporte urbano", "85", most=5),
            _service("Hora de espera", "32", most=4), _service("Almacenaje, palé y mes", "11.50", most=40),
        ),
        buys=(
            Supply("Carburants del Bages SA", (_cost("Gasóleo", "980", "602"),), each_month=True),
            Supply("Tallers Roca Camions SL", (_cost("Revisión del camión", "460", "622"),)), INSURANCE, PHONE,
            Supply("Autopistes Connectades SA", (_cost("Peajes", "190", "629"),)),
        ),
    ),
    Trade(
        name="Bosc i Llana Botiga en Línia SL", trade="Comercio electrónico de ropa de montaña", city="Puigcerdà",
        postcode="17520", province="Girona", tax_letter="B", customers="both", slug="bosc-i-llana", color="#2f6b3a",
        invoices_a_month=4,
        sells=(
            _goods("Jersey de lana merina", "79"), _goods("Calcetines de senderismo", "14.50", most=10),
            _goods("Mochila de 30 litros", "96"), _service("Gastos de envío", "5.90"),
        ),
        buys=(
            Supply("Teixits Berguedà SA", (_cost("Género de punto", "720", "600"),)),
            Supply("Paqueteria Ràpida SA", (_cost("Envíos del mes", "260", "624"),), each_month=True), PHONE, ADVERTS,
        ),
    ),
    Trade(
        name="Perruqueria Ona SL", trade="Peluquería", city="Banyoles", postcode="17820", province="Girona",
        tax_letter="B", customers="people", slug="perruqueria-ona", color="#9b2d6b", plan=SubscriptionPlan.STARTER,
        sells=(
            _service("Corte y peinado", "28"), _service("Color", "46"), _service("Tratamiento capilar", "39"),
            _goods("Champú profesional", "17.50", most=3),
        ),
        buys=(RENT, POWER, Supply("Cosmètica Llum SL", (_cost("Productos de peluquería", "190", "602"),)), CLEANING),
    ),
    Trade(
        name="Estudi d'Arquitectura Åström-Bofarull SLP", trade="Arquitectura", city="Barcelona", postcode="08010",
        province="Barcelona", tax_letter="B", withheld_rate="15", slug="astrom-bofarull", color="#33415c",
        sells=(
            _service("Proyecto básico", "2400"), _service("Dirección de obra, mes", "950"),
            _service("Certificado energético", "180"), _service("Visita de obra", "120", most=3),
        ),
        buys=(
            RENT, PHONE, Supply("Delineació Cúbica SL", (_cost("Delineación subcontratada", "640", "607"),)),
            LAWYER, INSURANCE, Supply("Programari Tècnic SL", (_cost("Licencia de programa", "145", "629"),)),
        ),
    ),
    Trade(
        name="Cooperativa Agrícola de Sant Esteve i Comarca de la Vall Mitjana del Fluvià SCCL",
        trade="Cooperativa agrícola", city="Sant Esteve d'en Bas", postcode="17176", province="Girona", tax_letter="F",
        slug="coop-sant-esteve", color="#5b7a1d", invoices_a_month=4,
        sells=(
            _goods("Trigo blando, tonelada", "228", rate=LOW, most=9), _goods("Patata del bufet, saco", "14", rate=LOW, most=60),
            _goods("Aceite de oliva, 5 l", "39", rate=LOW, most=20), _goods("Pienso, saco", "16.20", rate=REDUCED, most=30),
        ),
        buys=(
            Supply("Adobs del Ter SA", (_cost("Abono", "560", "601", rate=REDUCED),)), POWER,
            Supply("Carburants del Bages SA", (_cost("Gasóleo agrícola", "610", "602"),), each_month=True), REPAIRS, INSURANCE,
        ),
    ),
    Trade(
        name="Taller Mecànic Güell SL", trade="Taller de automóviles", city="Figueres", postcode="17600",
        province="Girona", tax_letter="B", customers="both", slug="taller-guell", color="#b3541e", invoices_a_month=4,
        lacks=frozenset({Scope.BANKING}),
        sells=(
            _service("Mano de obra, hora", "46", most=6), _goods("Neumático 205/55", "84", most=4),
            _goods("Aceite y filtro", "68", most=1), _service("Revisión anual", "135"),
        ),
        buys=(RENT, POWER, Supply("Recanvis Empordà SA", (_cost("Recambios", "430", "600"),), each_month=True), CLEANING),
    ),
    Trade(
        name="Escola d'Idiomes Nørrebro SL", trade="Academia de idiomas", city="Sabadell", postcode="08201",
        province="Barcelona", tax_letter="B", customers="both", slug="norrebro", color="#7a1f3d",
        lacks=frozenset({Scope.JOURNAL}),
        sells=(
            _service("Curso de inglés, trimestre", "290", rate=EXEMPT), _service("Clase en empresa, hora", "42", rate=EXEMPT, most=12),
            _service("Traducción jurada", "160"), _goods("Libro de texto", "32", rate=LOW, most=6),
        ),
        buys=(
            RENT, PHONE, Supply("Llibreria Sant Jordi SL", (_cost("Libros de texto", "240", "600", rate=LOW),)), CLEANING, ADVERTS,
        ),
    ),
    Trade(
        name="Nexe Consultoria Informàtica SL", trade="Consultoría informática", city="Barcelona", postcode="08018",
        province="Barcelona", tax_letter="B", slug="nexe", color="#1f5f4a", invoices_a_month=4,
        sells=(
            _service("Desarrollo, jornada", "380", most=8), _service("Mantenimiento mensual", "450"),
            _service("Formación, hora", "70", most=6), _goods("Licencia anual", "240", most=10),
        ),
        buys=(
            RENT, PHONE, Supply("Núvol Ibèric SA", (_cost("Servidores del mes", "310", "629"),), each_month=True), LAWYER,
            Supply("Ordinadors i Més SL", (_cost("Material informático", "380", "629"),)),
        ),
    ),
    Trade(
        name="Floristeria Margarida Ibáñez", trade="Floristería", city="Mataró", postcode="08301", province="Barcelona",
        tax_letter="", customers="both", slug="margarida", color="#a02c5a",
        sells=(
            _goods("Ramo de temporada", "32", rate=REDUCED, most=4), _goods("Centro de mesa", "45", rate=REDUCED, most=8),
            _goods("Corona", "120", rate=REDUCED, most=1), _service("Decoración de evento", "360"),
        ),
        buys=(
            RENT, Supply("Mercat de la Flor SA", (_cost("Flor cortada", "290", "600", rate=REDUCED),), each_month=True), POWER,
            Supply("Ceràmica Bisbal SL", (_cost("Jarrones", "110", "600"),)),
        ),
    ),
    Trade(
        name="Ascensors Montsià Manteniment SA", trade="Mantenimiento de ascensores", city="Amposta", postcode="43870",
        province="Tarragona", tax_letter="A", slug="ascensors-montsia", color="#44546a",
        sells=(
            _service("Mantenimiento trimestral", "310", rate=VAT), _service("Reparación en vivienda", "240", rate=REDUCED),
            _goods("Cable de tracción", "190", most=2), _service("Inspección periódica", "145"),
        ),
        buys=(
            PHONE, Supply("Components Elevació SA", (_cost("Recambios", "390", "600"),)), INSURANCE,
            Supply("Carburants del Bages SA", (_cost("Gasóleo", "170", "602"),), each_month=True),
        ),
    ),
)

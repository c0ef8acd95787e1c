"""The thirteen client companies of the demo firm: what each sells and buys, to whom, and what it granted."""

from dataclasses import dataclass

from infra.seeds.items import (
    ADVERTS,
    CLEANING,
    EXEMPT,
    INSURANCE,
    LAWYER,
    LOW,
    PHONE,
    POWER,
    REDUCED,
    RENT,
    REPAIRS,
    VAT,
    Item,
    Supply,
    cost,
    goods,
    service,
)
from services.access.policy import Scope, SubscriptionPlan


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


TRADES: tuple[Trade, ...] = (
    Trade(
        name="Fusteria Puigdevall SL",
        trade="Carpintería",
        city="Olot",
        postcode="17800",
        province="Girona",
        tax_letter="B",
        slug="fusteria-puigdevall",
        color="#8a4b1f",
        invoices_a_month=4,
        sells=(
            goods("Estantería de roble a medida", "385"),
            goods("Mesa de comedor de haya", "620", most=2),
            goods("Puerta interior lacada", "295", most=8),
            service("Montaje en obra, hora", "38", most=12),
            service("Reforma de cocina en vivienda", "1450", rate=REDUCED),
        ),
        buys=(
            RENT,
            POWER,
            Supply(
                "Fustes Montseny SA",
                (cost("Tablero de roble", "410", "601"), cost("Herrajes", "85", "602")),
            ),
            Supply("Ferreteria Casals SL", (cost("Tornillería y cola", "64", "602"),)),
            REPAIRS,
            INSURANCE,
        ),
    ),
    Trade(
        name="Bar El Racó de la Plaça SCP",
        trade="Bar y restaurante",
        city="Vic",
        postcode="08500",
        province="Barcelona",
        tax_letter="J",
        slug="el-raco",
        color="#a5341f",
        invoices_a_month=3,
        sells=(
            service("Menú de grupo", "16.50", rate=REDUCED, most=28),
            service("Servicio de cáterin", "420", rate=REDUCED),
            service("Desayuno de trabajo", "6.80", rate=REDUCED, most=20),
            service("Alquiler de la sala", "120"),
        ),
        buys=(
            RENT,
            POWER,
            Supply(
                "Fruites del Lluçanès SL",
                (cost("Fruta y verdura", "210", "600", rate=LOW),),
                each_month=True,
            ),
            Supply("Carns Bassas SA", (cost("Carne", "340", "600", rate=REDUCED),)),
            Supply("Begudes Osona SL", (cost("Bebidas", "275", "600"),)),
            CLEANING,
        ),
    ),
    Trade(
        name="Clínica Dental Peña & Muñoz SLP",
        trade="Clínica dental",
        city="Girona",
        postcode="17001",
        province="Girona",
        tax_letter="B",
        customers="people",
        slug="pena-munoz",
        color="#0f6b8f",
        invoices_a_month=4,
        sells=(
            service("Limpieza bucal", "60", rate=EXEMPT),
            service("Empaste", "75", rate=EXEMPT, most=3),
            service("Corona de porcelana", "390", rate=EXEMPT),
            service("Ortodoncia, cuota mensual", "95", rate=EXEMPT),
            service("Blanqueamiento estético", "240"),
        ),
        buys=(
            RENT,
            PHONE,
            Supply("Dipòsit Dental Català SA", (cost("Material dental", "330", "602"),)),
            Supply("Laboratori Protèsic Ter SL", (cost("Prótesis a medida", "260", "607", rate=EXEMPT),)),
            INSURANCE,
        ),
    ),
    Trade(
        name="Transports Ferrer i Germans SL",
        trade="Transporte de mercancías",
        city="Manresa",
        postcode="08240",
        province="Barcelona",
        tax_letter="B",
        slug="transports-ferrer",
        color="#1f4e8a",
        invoices_a_month=4,
        sells=(
            service("Transporte Manresa-Valencia", "540", most=3),
            service("Transporte urbano", "85", most=5),
            service("Hora de espera", "32", most=4),
            service("Almacenaje, palé y mes", "11.50", most=40),
        ),
        buys=(
            Supply("Carburants del Bages SA", (cost("Gasóleo", "980", "602"),), each_month=True),
            Supply("Tallers Roca Camions SL", (cost("Revisión del camión", "460", "622"),)),
            INSURANCE,
            PHONE,
            Supply("Autopistes Connectades SA", (cost("Peajes", "190", "629"),)),
        ),
    ),
    Trade(
        name="Bosc i Llana Botiga en Línia SL",
        trade="Comercio electrónico de ropa de montaña",
        city="Puigcerdà",
        postcode="17520",
        province="Girona",
        tax_letter="B",
        customers="both",
        slug="bosc-i-llana",
        color="#2f6b3a",
        invoices_a_month=4,
        sells=(
            goods("Jersey de lana merina", "79"),
            goods("Calcetines de senderismo", "14.50", most=10),
            goods("Mochila de 30 litros", "96"),
            service("Gastos de envío", "5.90"),
        ),
        buys=(
            Supply("Teixits Berguedà SA", (cost("Género de punto", "720", "600"),)),
            Supply("Paqueteria Ràpida SA", (cost("Envíos del mes", "260", "624"),), each_month=True),
            PHONE,
            ADVERTS,
        ),
    ),
    Trade(
        name="Perruqueria Ona SL",
        trade="Peluquería",
        city="Banyoles",
        postcode="17820",
        province="Girona",
        tax_letter="B",
        customers="people",
        slug="perruqueria-ona",
        color="#9b2d6b",
        plan=SubscriptionPlan.STARTER,
        sells=(
            service("Corte y peinado", "28"),
            service("Color", "46"),
            service("Tratamiento capilar", "39"),
            goods("Champú profesional", "17.50", most=3),
        ),
        buys=(
            RENT,
            POWER,
            Supply("Cosmètica Llum SL", (cost("Productos de peluquería", "190", "602"),)),
            CLEANING,
        ),
    ),
    Trade(
        name="Estudi d'Arquitectura Åström-Bofarull SLP",
        trade="Arquitectura",
        city="Barcelona",
        postcode="08010",
        province="Barcelona",
        tax_letter="B",
        withheld_rate="15",
        slug="astrom-bofarull",
        color="#33415c",
        sells=(
            service("Proyecto básico", "2400"),
            service("Dirección de obra, mes", "950"),
            service("Certificado energético", "180"),
            service("Visita de obra", "120", most=3),
        ),
        buys=(
            RENT,
            PHONE,
            Supply("Delineació Cúbica SL", (cost("Delineación subcontratada", "640", "607"),)),
            LAWYER,
            INSURANCE,
            Supply("Programari Tècnic SL", (cost("Licencia de programa", "145", "629"),)),
        ),
    ),
    Trade(
        name="Cooperativa Agrícola de Sant Esteve i Comarca de la Vall Mitjana del Fluvià SCCL",
        trade="Cooperativa agrícola",
        city="Sant Esteve d'en Bas",
        postcode="17176",
        province="Girona",
        tax_letter="F",
        slug="coop-sant-esteve",
        color="#5b7a1d",
        invoices_a_month=4,
        sells=(
            goods("Trigo blando, tonelada", "228", rate=LOW, most=9),
            goods("Patata del bufet, saco", "14", rate=LOW, most=60),
            goods("Aceite de oliva, 5 l", "39", rate=LOW, most=20),
            goods("Pienso, saco", "16.20", rate=REDUCED, most=30),
        ),
        buys=(
            Supply("Adobs del Ter SA", (cost("Abono", "560", "601", rate=REDUCED),)),
            POWER,
            Supply("Carburants del Bages SA", (cost("Gasóleo agrícola", "610", "602"),), each_month=True),
            REPAIRS,
            INSURANCE,
        ),
    ),
    Trade(
        name="Taller Mecànic Güell SL",
        trade="Taller de automóviles",
        city="Figueres",
        postcode="17600",
        province="Girona",
        tax_letter="B",
        customers="both",
        slug="taller-guell",
        color="#b3541e",
        invoices_a_month=4,
        lacks=frozenset({Scope.BANKING}),
        sells=(
            service("Mano de obra, hora", "46", most=6),
            goods("Neumático 205/55", "84", most=4),
            goods("Aceite y filtro", "68", most=1),
            service("Revisión anual", "135"),
        ),
        buys=(
            RENT,
            POWER,
            Supply("Recanvis Empordà SA", (cost("Recambios", "430", "600"),), each_month=True),
            CLEANING,
        ),
    ),
    Trade(
        name="Escola d'Idiomes Nørrebro SL",
        trade="Academia de idiomas",
        city="Sabadell",
        postcode="08201",
        province="Barcelona",
        tax_letter="B",
        customers="both",
        slug="norrebro",
        color="#7a1f3d",
        lacks=frozenset({Scope.JOURNAL}),
        sells=(
            service("Curso de inglés, trimestre", "290", rate=EXEMPT),
            service("Clase en empresa, hora", "42", rate=EXEMPT, most=12),
            service("Traducción jurada", "160"),
            goods("Libro de texto", "32", rate=LOW, most=6),
        ),
        buys=(
            RENT,
            PHONE,
            Supply("Llibreria Sant Jordi SL", (cost("Libros de texto", "240", "600", rate=LOW),)),
            CLEANING,
            ADVERTS,
        ),
    ),
    Trade(
        name="Nexe Consultoria Informàtica SL",
        trade="Consultoría informática",
        city="Barcelona",
        postcode="08018",
        province="Barcelona",
        tax_letter="B",
        slug="nexe",
        color="#1f5f4a",
        invoices_a_month=4,
        sells=(
            service("Desarrollo, jornada", "380", most=8),
            service("Mantenimiento mensual", "450"),
            service("Formación, hora", "70", most=6),
            goods("Licencia anual", "240", most=10),
        ),
        buys=(
            RENT,
            PHONE,
            Supply("Núvol Ibèric SA", (cost("Servidores del mes", "310", "629"),), each_month=True),
            LAWYER,
            Supply("Ordinadors i Més SL", (cost("Material informático", "380", "629"),)),
        ),
    ),
    Trade(
        name="Floristeria Margarida Ibáñez",
        trade="Floristería",
        city="Mataró",
        postcode="08301",
        province="Barcelona",
        tax_letter="",
        customers="both",
        slug="margarida",
        color="#a02c5a",
        sells=(
            goods("Ramo de temporada", "32", rate=REDUCED, most=4),
            goods("Centro de mesa", "45", rate=REDUCED, most=8),
            goods("Corona", "120", rate=REDUCED, most=1),
            service("Decoración de evento", "360"),
        ),
        buys=(
            RENT,
            Supply(
                "Mercat de la Flor SA", (cost("Flor cortada", "290", "600", rate=REDUCED),), each_month=True
            ),
            POWER,
            Supply("Ceràmica Bisbal SL", (cost("Jarrones", "110", "600"),)),
        ),
    ),
    Trade(
        name="Ascensors Montsià Manteniment SA",
        trade="Mantenimiento de ascensores",
        city="Amposta",
        postcode="43870",
        province="Tarragona",
        tax_letter="A",
        slug="ascensors-montsia",
        color="#44546a",
        sells=(
            service("Mantenimiento trimestral", "310", rate=VAT),
            service("Reparación en vivienda", "240", rate=REDUCED),
            goods("Cable de tracción", "190", most=2),
            service("Inspección periódica", "145"),
        ),
        buys=(
            PHONE,
            Supply("Components Elevació SA", (cost("Recambios", "390", "600"),)),
            INSURANCE,
            Supply("Carburants del Bages SA", (cost("Gasóleo", "170", "602"),), each_month=True),
        ),
    ),
)

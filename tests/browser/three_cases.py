"""Three partnerships of which the idea catalogue tells, in words of our own: what the walk to a running one needs."""

from dataclasses import dataclass

Words = tuple[str, str, str, str]  # focus, resources, what must not happen, success


@dataclass(frozen=True, slots=True)
class Case:
    """A partnership of which the idea catalogue tells: who, where, about what, and what each side wants."""

    name: str
    home: str
    area: str
    company: str
    contact: str
    sentence: str
    idea: str
    ours: Words
    theirs: Words
    activity: str
    warned: str  # the question of law whose answer warns
    why: str
    pages: int = 1  # of the agreement on paper


FIRE_AND_WATER = Case(
    name="Gennem Ild og Vand",
    home="Klubben på Nørremarken",
    area="Nørremarken",
    company="Brandstationen i Vejle",
    contact="Britta Brand",
    sentence="Unge er en uge på brandstationen og lærer at hjælpe, når det gælder.",
    idea=(
        "Der blev kastet sten efter brandbilerne, og brandfolk og unge så skævt til hinanden.\n"
        "Nu bor en lille gruppe unge en uge på brandstationen, to til fire gange om året. Klubben, skolerne og SSP "
        "foreslår sammen, hvem der skal med, og spørger forældrene. De unge får uniform på, øver førstehjælp, lærer "
        "hvordan en brand begynder, og slukker en, der er tændt til øvelsen.\n"
        "Den sidste dag viser de familie og lærere, hvad de kan, og får et diplom og en skriftlig udtalelse fra de "
        "brandfolk, de har været sammen med.\n"
        "Bagefter kender man hinanden ved navn. Det mærkes på gaden, og det mærkes på stationen, hvor flere vil "
        "være med næste gang.\n"
        "Efter hver uge mødes klubben og stationen en time: hvad gik godt, hvad gør vi om, og hvem ringer til hvem?"
    ),
    ours=(
        "At piger og drenge mellem 13 og 16 år prøver noget, de kan være stolte af, og får voksne at se op til.",
        "Klubbens medarbejdere, som kender de unge og deres forældre. Et lokale til den sidste dag.",
        "At nogen bliver hængt ud, eller at kun de stærkeste får lov at være med.",
        "Ti unge får diplom hvert år, og borgmesteren kommer og giver dem det.",
    ),
    theirs=(
        "At unge og brandfolk kender hinanden, og at der er ro omkring bilerne, når vi rykker ud.",
        "Fire brandfolk en uge ad gangen, udstyr og vores øvelsesplads. Vi lærer dem førstehjælp og at slukke.",
        "At en udrykning bliver forsinket.",
        "Ingen kaster sten efter vores biler. Et par af de unge vil være brandfolk.",
    ),
    activity="En uge på brandstationen for seks unge",
    warned="children",
    why="Brandfolkene har børneattest, før de møder de unge.",
    pages=2,
)
GALLERY_HAMLET = Case(
    name="Galleri Hamlet",
    home="Områdefornyelsen i Mimersgade",
    area="Mimersgadekvarteret",
    company="Schiller House",
    contact="Lone Linse",
    sentence="Børn fotograferer deres kvarter og viser billederne på en gavl.",
    idea="Kvarteret set af dem, der vokser op i det.",
    ours=(
        "At kvarteret bliver kendt for andet end det, der går galt.",
        "Kontakt til klubber, skole og forældre, og hjælp til tilladelser.",
        "At et barn bliver vist frem mod forældrenes vilje.",
        "En udstilling om året, som naboerne selv viser frem.",
    ),
    theirs=(
        "At børn lærer vores fag at kende og får en god historie om sig selv.",
        "To fotografer, kameraer, en lang væg og arbejdet med at hænge op.",
        "At det bliver en reklame for os.",
        "Tyve børn har fotograferet, og avisen har været her.",
    ),
    activity="Fotokursus med udstilling",
    warned="photos",
    why="Forældrene siger ja på skrift og kan fortryde.",
)
CULTURE_RING = Case(
    name="Kulturringen",
    home="Høje-Taastrup Kommune",
    area="Taastrup bymidte",
    company="Teatret ved pladsen",
    contact="Tove Tæppe",
    sentence="Kommune, teater og boligforeninger gør pladsen til byens scene.",
    idea="Pladsen er alles, og alle er med til at tegne den.",
    ours=(
        "At dem, der bor og arbejder her, selv er med til at bestemme.",
        "Penge, der er sat af til bymidten, og en medarbejder til at holde tråden.",
        "At det ender som en plan i en skuffe.",
        "Pladsen er bygget om, og fonde har givet penge til det.",
    ),
    theirs=(
        "Et teater, som folk går ind i, også dem fra boligerne ved siden af.",
        "Scenen, værkstedet og åbne tegnestuer for børn og unge.",
        "At vi må lukke i sæsonen.",
        "Flere unge fra kvarteret spiller med.",
    ),
    activity="Åbne tegnestuer for børn og unge",
    warned="buys",
    why="Indkøb har set på det: der betales kun for materialer.",
)

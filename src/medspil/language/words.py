"""Danish word tables of our own: stop words and the traps of compound splitting. Data only."""


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _pairs(text: str) -> dict[str, str]:
    return dict(line.split() for line in text.strip().splitlines())


# Words that say nothing about what a company does or a task needs. Single letters (i, å, the a and s of A/S,
# the v of v/) are dropped by rule. "hans" is left out: it is also a name in very many companies.
STOP_WORDS = _set("""
    af alle alt altid altså anden andet andre at bare begge blandt blev blive bliver blevet både da de dem den
    denne dens der deres derfor derfra deri derimod dermed derpå derved det dets dette dig din dine disse dit
    dog du efter eftersom eller ellers en end endda endnu endvidere ene er et eventuel eventuelle eventuelt
    fik for fordi forskellige fra få får før først gennem give gjorde gjort godt gør gøre ham han har have
    havde heller hen hende hendes her herfra heri hermed herunder hos hun hvad hvem hver hvert hvilke hvilken
    hvilket hvis hvor hvordan hvorfor hvorledes hvornår hvoraf ifølge igen igennem ikke imellem imens imod ind
    inden indtil ingen intet ja jeg jer jeres jo kan kom komme kommer kun kunne lad lige ligesom lav man mange
    med meget mellem men mens mere mest mig min mindre mine mit mod må måske måtte når ned nej nemlig netop
    nogen nogensinde noget nogle nok nu næsten og også om omkring op os over overfor på pga samme samt selv
    selvom sig sin sine sit skal skulle snart som stadig såfremt så sådan sådanne således tage thi til tit
    trods ud uden udover under undtagen ved via vi vil ville vor vore vores vær være været
    aps ivs amba smba fmba eks fx evt bl ca mv mm osv dvs iht inkl jf mht vedr ang pr nr
    """)

# Forms whose dictionary lemma would part words that people see as one, or join words that they keep apart.
LEMMAS = _pairs("""
    ældre ældre
    studerende studerende
    timer time
    centre center
    centres center
    centret center
    centrets center
    listen liste
    haver have
    havers have
    mødrene mor
    fædrenes far
    udsatte udsat
    udsattes udsat
    udsat udsat
    ansatte ansat
    ansattes ansat
    ansat ansat
    smed smed
    hal hal
    hallen hal
    hallens hal
    haller hal
    hallerne hal
    forene forene
    forenede forene
    trænet træne
    udstyret udstyr
    fotografer fotograf
    dyr dyr
    tønder tønder
    skagen skagen
    jammerbugt jammerbugt
    mads mads
    """)

# First parts whose form is not the lemma with a linking -s-, -e- or -er-.
FIRST_PARTS = _pairs("""
    billed billede
    børne barn
    børn barn
    småbørns barn
    småbørne barn
    gymnasie gymnasium
    ministerie ministerium
    detail detail
    smede smed
    fædre far
    mødre mor
    web web
    fælles fælles
    voksen voksen
    maskin maskine
    glar glas
    kokke kok
    fiske fisk
    svine svin
    tømmer tømmer
    holding holding
    kriminal kriminal
    øjen øje
    fod fod
    mande mand
    drenge dreng
    forældre forælder
    unge ung
    gader gade
    hjælpe hjælp
    lege leg
    bo bo
    by by
    it it
    tv tv
    ny ny
    el el
    øl øl
    ø ø
    """)

# Whole words (lemmas) whose parts no rule finds; an empty list says: one word, do not split.
WHOLE_WORDS: dict[str, tuple[str, ...]] = {
    "kaffebar": ("kaffe", "bar"),
    "salatbar": ("salat", "bar"),
    "vinbar": ("vin", "bar"),
    "grillbar": ("grill", "bar"),
    "køleskab": ("køle", "skab"),
    "sygeplejerske": (),
    "fritid": (),
}

# After these endings a first part always carries -s-, so fritids|pas is right and fritid|spas is not.
NEEDS_S = ("dom", "else", "hed", "ion", "itet", "ning", "skab", "tid")

# Stems that no seam may run through, though both halves would be words: uddannelses|vejleder, not ...vej|leder.
UNBROKEN = ("vejled", "rådgiv", "håndværk", "medarbejd", "iværksæt", "frivillig", "kultur", "fotograf")

# Short words that may end a compound. Other words of three letters and fewer may not: bo|lig, vi|den.
SHORT_HEADS = _set("""
    avl bad bil bog bro bror bus by båd dag dyr fag far fod fly gas hal hus job kok kor kro liv lov lys lån løb løn
    løs mad mor mur mål net olie ost pas råd rum rør sag sal ski sko sky spil sport sti stol støj sø tag tid tog tur
    tøj tårn vej ven vin væg øl
    """)

# Short words that may begin a compound.
SHORT_FIRSTS = _set("""
    bad ben bil bog bro bus by bål båd dag dyr fag fest fly fri gas glas grå hal hav hud hus høj hår ild job jul kok
    kor kul køn leg liv lov lys lån løb løn mad mor mur net olie ost pas ro rum rør sag sal sko sky sol sne sti sø
    tag tal tid tog træ tur tøj ur vej ven vin ung syg rus sex grøn æg
    """)

# Endings that build words and are no words of their own there: partner|skab is no cupboard.
NO_HEADS = _set("""
    agtig bar dom else eri fuld hed inde ing isk lig ling ning nær sel skab som stik tion vis ende ende art lad lag
    ude ter ner ret sats tale gift ting syn vikling slag stand ledning ledelse gang giver løshed
    """)

# What is done, named after the doing, though nobody thinks of it: an association does not unite, a cable does not lead.
NOT_DERIVED = _set("""
    forening ledning afdeling stilling regning forretning retning stemning virkning anledning indretning udretning
    foranstaltning lønning mening politisk holding holdning løsning forestilling stivelse styrelse
    """)

# Words and prefixes that make another word of what follows instead of saying which one: ud|vikling.
NO_FIRSTS = _set("""
    af an be bi bort de der dis en er et for fore fra frem før gen her hos ind inde kom kon med mis mod ned om op
    over på re sam se super til tid ud ude ufor under und ved vel vor å
    """)

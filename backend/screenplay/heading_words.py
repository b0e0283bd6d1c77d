"""The words of scene headings and transitions in the languages scripts are written in."""

import re

# Inside, outside or both, as a heading opens with it. The longer form must come first.
_INSIDE = r"INT(?:ERIOR|ERNA|ERNO|[ÉE]RIEUR)?S?|INNEN|ИНТ(?:ЕРЬЕР)?|ІНТ(?:ЕР['’]?ЄР)?"
_OUTSIDE = r"EXT(?:ERIOR|ERNA|[ÉE]RIEUR)?S?|ESTERNO|AU(?:SS|ß|ẞ)EN|НАТ(?:УРА)?|ЭКСТ(?:ЕРЬЕР)?|ЕКСТ(?:ЕР['’]?ЄР)?"
_JOIN = r"\.?\s*[/\-&]\s*"
PREFIX = (
    rf"(?:(?:{_INSIDE}){_JOIN}(?:{_OUTSIDE})|(?:{_OUTSIDE}){_JOIN}(?:{_INSIDE})|{_INSIDE}|{_OUTSIDE}"
    r"|EST|I\.?\s?/\s?E|E\.?\s?/\s?I|I\s?/\s?A|A\s?/\s?I)"
)
INSIDE = re.compile(rf"^(?:{_INSIDE}|I\b)|[/\-&]\s*(?:{_INSIDE}|I$)", re.IGNORECASE)
OUTSIDE = re.compile(rf"^(?:{_OUTSIDE}|EST|[EA]\b)|[/\-&]\s*(?:{_OUTSIDE}|[EA]$)", re.IGNORECASE)

# Chinese: 内景 地点 日, 1-1 日 内 地点. Japanese: ○地点(夜) or INT。
CJK_PREFIX = r"(?:内外景|外内景|内景|外景|内/外|外/内|[内外](?=[\s.。．,，:：]))"
CJK_TIMES = "日|夜|晨|早|昏|黄昏|傍晚|清晨|早晨|上午|中午|下午|晚上|深夜|凌晨|白天|昼|朝|夕|夕方|深夜"

SCENE_WORD = (
    r"(?:SCENES?|SC\.?|SC[ÈE]NE|S[ÉE]QUENCE|SEQ[UÜ][EÊ]NCIA|S[ÉE]Q\.?|BILD|SZENE|ESCENA|ESC\.?|SEC(?:UENCIA)?\.?|CENA"
    r"|SCENA|СЦЕНА|ЭПИЗОД)"
)

TIME_WORDS = (
    # English
    "DAY|DAYS|NIGHT|NIGHTS|MORNING|AFTERNOON|EVENING|DAWN|DUSK|SUNSET|SUNRISE|SUNUP|SUNDOWN|NOON|MIDDAY|MIDNIGHT"
    "|TWILIGHT|DAYBREAK|DAYTIME|NIGHTTIME|NIGHTFALL|LATER|CONTINUOUS|CONTINUING|SAME|MAGIC HOUR|GOLDEN HOUR"
    "|FIRST LIGHT|PRE-DAWN|PREDAWN|MOMENTS LATER"
    # French
    "|JOUR(?:N[ÉE]E)?|NUIT|MATIN(?:[ÉE]E)?|SOIR(?:[ÉE]E)?|AUBE|MIDI|MINUIT|APR[ÈE]S-MIDI|CR[ÉE]PUSCULE|LENDEMAIN"
    "|PLUS TARD|CONTINU|CONTINUIT[ÉE]|M[ÊE]ME (?:TEMPS|MOMENT)|(?:LEVER|COUCHER) D[EU] SOLEIL|SOLEIL COUCHANT"
    # Spanish
    "|D[ÍI]A|NOCHE|TARDE|MAÑANA|AMANECER|ATARDECER|ANOCHECER|MADRUGADA|MEDIOD[ÍI]A|MEDIANOCHE"
    "|DESPU[ÉE]S|CONTINUO|MISMO (?:TIEMPO|MOMENTO)|PUESTA DEL? SOL"
    # Portuguese
    "|NOITE|MANH[ÃA]|ENTARDECER|AMANHECER|ANOITECER|ALVORECER|CREP[ÚU]SCULO|MEIO-DIA|MEIA-NOITE"
    "|P[ÔO]R[ -]DO[ -]SOL|NASCER DO SOL|DEPOIS|CONT[ÍI]NUO|CONTINUA[ÇC][ÃA]O|CONTINUIDADE|MESMO (?:TEMPO|MOMENTO)"
    # Italian
    "|GIORNO|NOTTE|SERA|MATTINA|MATTINO|POMERIGGIO|TRAMONTO|ALBA|CREPUSCOLO|POCO DOPO|PI[ÙU] TARDI"
    # German
    "|TAG|NACHT|MORGEN|ABEND|MITTAG|VORMITTAG|NACHMITTAG|D[ÄA]MMERUNG|MORGENGRAUEN|(?:ABEND|MORGEN)D[ÄA]MMERUNG|SP[ÄA]TER|GLEICHZEITIG"
    # Russian and Ukrainian
    "|ДЕНЬ|НОЧЬ|УТРО|ВЕЧЕР|РАССВЕТ|ЗАКАТ|НІЧ|РАНОК|ВЕЧІР"
)

TRANSITION = re.compile(
    r"^(?:[^\W\d_a-z][^\W\d_a-z .'/,\-]*\bTO:|(?:[A-Z]+ )?FADE[S]? (?:IN|OUT|UP|TO BLACK|TO WHITE)\b[^a-z]*"
    r"|(?:SMASH |HARD |MATCH |JUMP )?CUT TO[^a-z:]{0,30}[:.]?|DISSOLVE[^a-z]{0,20}[:.]?|THE END\.?|INTERCUT:"
    r"|CORTA (?:PARA|A)[^a-z]{0,30}[:.]|CORTE (?:A|PARA)[^a-z]{0,30}[:.]|FUSÃO[^a-z]{0,20}[:.]|FUNDIDO[^a-z]{0,20}[:.]"
    r"|COUPE(?:Z)?(?: SUR| AU| À)?[^a-z]{0,20}[:.]|FONDU[^a-z]{0,24}[:.]|SCHNITT[^a-z]{0,20}[:.]"
    r"|[ÜU]BERBLENDUNG[^a-z]{0,20}[:.]|STACCO[^a-z]{0,20}[:.]|DISSOLVENZA[^a-z]{0,20}[:.]|ЗТМ\.?|ИЗ ЗТМ\.?)$"
)

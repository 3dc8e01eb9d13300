"""Machine mail told by its words, where no header marks it: bounces, notes of absence, receipts (email.md, section 6).

Two marks are wanted for what a person might write too, and none that speaks of a home. A person's mail that is parked
costs more than a machine's that becomes a case.
"""

import re

from putright.cases.message import Person
from putright.mailbox.headers import Mail


def _any(phrases: str) -> re.Pattern[str]:
    """Any of the phrases, one a line, in capitals or not."""
    return re.compile("|".join(phrases.split("\n")[1:-1]), re.IGNORECASE)


_PASSED_ON = re.compile(r"\s*(?:re|fw|fwd|aw|wg|tr|rv|rif|sv|vs|odp|ynt)\s?:", re.IGNORECASE)
_BEGINNING, _BOUNCE_BEGINNING, _WHOLE = 220, 600, 1_200

# What mail servers write on top of a bounce. People who quote it have said something before.
_BOUNCE = _any(
    r"""
this is the mail system at host
this message was created automatically by mail delivery software
this is the qmail-send program
i'm afraid i wasn't able to deliver your message
delivery to the following recipients? (?:has )?failed
the following address(?:es)? had (?:permanent|transient)\b
your message (?:to \S{1,80} )?(?:couldn't|could not|wasn't|was not|did not|cannot) (?:be )?(?:delivered|reach)
(?:your )?(?:mail )?message to the following address
a message that you sent could not be delivered
message (?:you sent )?(?:was|has been) (?:blocked|rejected|quarantined)
unable to deliver (?:your |the )?(?:mail|message)
delivery has failed to these recipients
address not found
(?:reporting|remote)-mta:
final-recipient:
diagnostic-code:
message from the mail (?:delivery )?system
mail delivery (?:software|agent|system)
(?:error|problem)s? (?:while )?delivering
(?:ihre|die) (?:nachricht|e-?mail)[^.\n]{0,60}(?:nicht zugestellt|unzustellbar)
(?:votre|le) message[^.\n]{0,60}(?:n'a pas pu être (?:remis|distribué)|non remis)
(?:su|el) mensaje[^.\n]{0,60}no (?:se )?(?:ha podido|pudo|ha sido) (?:ser )?entrega
(?:il (?:tuo|suo) )?messaggio[^.\n]{0,60}(?:non è stato|impossibile) (?:re)?(?:capita|consegna)
(?:uw|het) bericht[^.\n]{0,60}niet (?:worden )?(?:bezorgd|afgeleverd)
mensagem[^.\n]{0,60}não (?:pôde|foi) (?:ser )?entregue
"""
)
_STATUS = re.compile(
    r"\b(?:host|server|mta|smtp|said|error|remote|550|554|552|421)\b[^\n]{0,120}?\b[45]\d\d[ -]|\b[45]\.\d\.\d{1,2}\b",
    re.I,
)
_BOUNCE_SUBJECT = _any(
    r"""
mailbox (?:is )?full
delivery (?:report|error|delayed)
non[- ]?delivery
ndn:
(?:e-?)?mail (?:delivery|rejected|refused)
message (?:refused|rejected|quarantined|delayed|delivery)
recipient (?:address )?(?:rejected|unknown|not found)
user (?:not found|unknown)
(?:there was an )?error sending your
problem delivering
(?:permanent|transient) delivery
warning: message
could ?n[o']t (?:be )?deliver
your (?:mail |e-?mail )?message
undeliver
unable to deliver
\[postmaster\]
considered unsolicited
banned contents
virus \(
rejected:
returned
zustell
übermittlung
remise
distribué
entreg[au]
envío
recapit
consegna
bezorg
aflever
dostarcz
doruč
kézbesít
livr
lever
toimitu
достав
teslim
παράδοσ
παραδόθηκε
配信
投递
退信
退回
傳遞
배달
전송
تسليم
מסירה
डिलीवरी
"""
)
# Said by the one who is away, of themselves.
_AWAY = _any(
    r"""
\bi(?: a|')m (?:currently |now |presently )?(?:away|absent|out of (?:the )?office)\b
\bi(?: a|')m (?:currently |now |presently )?on (?:\w{3,12} )?(?:leave|holiday|vacation)\b
\bi(?: wi|')ll be (?:away|out of (?:the )?office|on (?:\w{3,12} )?(?:leave|holiday|vacation))\b
\bi (?:no longer work|have left|am no longer)\b
\bthis (?:mailbox|e-?mail address|account) is (?:no longer|not) (?:monitored|in use)
\bich bin[^\n]{0,40}(?:nicht im büro|im urlaub|abwesend|außer haus|nicht erreichbar)
\bje suis[^\n]{0,30}(?:absente?|en congés?|hors du bureau|en vacances)
\b(?:estoy|estaré|me encuentro)[^\n]{0,30}(?:fuera de (?:la )?oficina|de vacaciones|ausente)
\b(?:sono|sarò)[^\n]{0,30}(?:fuori (?:ufficio|sede)|in ferie|assente)
\b(?:estou|estarei)[^\n]{0,30}(?:fora do escritório|de férias|ausente)
\bik ben[^\n]{0,30}(?:afwezig|(?:met|op) vakantie|niet aanwezig|niet op kantoor)
\bjestem[^\n]{0,30}(?:nieobecn\w+|na urlopie|poza biurem)
\bnejsem v kanceláři
\bszabadságon vagyok
\bsunt în concediu
\bjag är[^\n]{0,20}(?:på semester|inte på kontoret)
\bjeg er[^\n]{0,20}(?:på ferie|ikke på kontoret)
\bolen (?:lomalla|poissa)
\bя[^\n]{0,20}(?:в отпуске|отсутствую)
\bя[^\n]{0,20}у відпустці
"""
)
# And of the mail that waits meanwhile.
_MAIL_WAITS = _any(
    r"""
(?:no|limited|intermittent|little|without) access to (?:my )?e-?mails?
e-?mails? (?:is|are|will)[^.\n]{0,20}not (?:be )?(?:read|monitored|forwarded)
(?:will|shall) (?:reply|respond|answer|deal with|get back)[^.\n]{0,60}(?:return|when i|as soon as|on my|back)
(?:if|for)[^.\n]{0,60}\burgent\b[^.\n]{0,60}(?:contact|e-?mail|call|ring|speak to)\s(?!me\b|us\b)
contact [^.\n]{1,60}in my absence
(?:nachricht|e-?mails?|mail)[^.\n]{0,60}(?:weitergeleitet|gelesen|beantwort)
beantworte[^.\n]{0,60}rückkehr
nach meiner rückkehr
(?:répondrai|traiterai)[^.\n]{0,60}retour
n'ai pas accès à mes (?:e-?mails|messages)
responderé[^.\n]{0,60}(?:regreso|vuelta)
risponderò[^.\n]{0,60}(?:rientro|ritorno)
responderei[^.\n]{0,60}regresso
beantwoord[^.\n]{0,60}terug
odpowiem
odpovím
válaszol
voi răspunde
svarar[^.\n]{0,60}(?:åter|tillbaka)
svarer[^.\n]{0,60}tilbage
vastaan
отвечу
відповім
"""
)
_RECEIVED = _any(
    r"""
(?:we|i)(?: have|'ve) received your
(?:thank you|thanks) for (?:your (?:e-?mail|message|enquiry)|contacting|getting in touch|e-?mailing)
your (?:request|enquiry|inquiry|e-?mail|message|ticket|case|query) (?:\S{0,20} )?(?:has been|was) (?:received|opened)
your (?:request|enquiry|inquiry|ticket|case|query) (?:\S{0,20} )?(?:has been|was) (?:created|logged)
\bist (?:bei uns )?eingegangen
haben ihre \w+ erhalten
avons bien reçu
hemos recibido
abbiamo ricevuto
recebemos
hebben uw \w+ ontvangen
otrzymaliśmy
"""
)
_BY_MACHINE = _any(
    r"""
this is an auto(?:mated|matic)[^.\n]{0,40}(?:e-?mail|message|response|reply|acknowledg|receipt|notification)
automatically generated
(?:do not|don't) (?:reply|respond) to this
automatisch (?:erzeugt|generiert|erstellt)
nicht auf diese
généré automatiquement
ne pas répondre
generado automáticamente
generat[oa] automaticamente
automaticamente
automatisch gegenereerd
wygenerowan
"""
)
_NOBODY = re.compile(r"(?:no|do-?not|don-?t)[-_.]?reply", re.IGNORECASE)
_FIELD = re.compile(
    r"^[ \t*]{0,4}(?:name|address|message|phone|telephone|comments?|complaint|details|postcode)[ \t*]{0,4}:",
    re.I | re.M,
)
# A home and what is wrong with it: a person's matter, whatever else the mail says.
HOME = re.compile(
    r"\b(?:boiler|leak\w*|damp|mould|mold|repair\w*|broken|heating|hot water|roof|flat|lift|rent|neighbours?|noise"
    r"|toilet|kitchen|bathroom|window|door|rats?|mice|complain\w*|compensation|unacceptable|disgust\w*|plumber|electric\w*"
    r"|tenan\w+|landlord|inspection|appointment|no ?one (?:came|turned)|kaputt|heizung|schimmel|wohnung|chauffage|fuite"
    r"|logement|caldaia|muffa|caldera|humedad|lekkage|pleśń|ogrzewani\w+|piec)\b",
    re.IGNORECASE,
)
_MARKS = ("x-auto-response-suppress", "x-ms-exchange-inbox-rules-loop", "x-rules")
_ANSWERS = (*_MARKS, "in-reply-to", "references")
"""Headers that do not make a machine's mail by themselves (people's mail carries them), but support its words."""


def returned(text: str) -> bool:
    """Whether a text begins as what mail servers write on top of a bounce; what it returns may speak of a home."""
    begins = text.strip()[:_BOUNCE_BEGINNING]
    return bool(_BOUNCE.search(begins) or _STATUS.search(begins))


def reason(mail: Mail, sender: Person, subject: str, body: str) -> str:
    """Why its words are a machine's, as `words: rule`; empty for a person's. `body` is the whole text of the mail."""
    text = body.strip()
    begins = text[:_BOUNCE_BEGINNING]
    if (
        not _PASSED_ON.match(subject)
        and _BOUNCE_SUBJECT.search(subject[:200])
        and (_BOUNCE.search(begins) or _STATUS.search(begins))
        and not HOME.search(begins)
    ):
        return "words: a bounce"
    if len(text) > _WHOLE or HOME.search(text):
        return ""
    start = text[:_BEGINNING]
    if _AWAY.search(start) and _MAIL_WAITS.search(text) and any(mail.has(name) for name in _ANSWERS):
        return "words: a note of absence"
    by_nobody = bool(_NOBODY.match(sender.address)) or any(mail.has(name) for name in _MARKS)
    if by_nobody and _RECEIVED.search(start) and _BY_MACHINE.search(text) and not _FIELD.search(text):
        return "words: a receipt"
    return ""

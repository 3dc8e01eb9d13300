"""How subjects of bounces and of automatic replies begin, in the languages of the mail programs that write them."""

AUTOMATIC = tuple(
    """\
automatic reply
automatic response
automated reply
automated response
auto reply
auto-reply
autoreply
auto response
auto-response
autoresponse
auto:
out of office
out-of-office
out of the office
ooo:
away from my mail
away from the office
vacation reply
vacation message
i am out of the office
i'm out of the office
i am away from
absence notification
automatische antwort
automatische rückantwort
automatische abwesenheitsnotiz
abwesenheitsnotiz
abwesenheitsassistent
abwesend:
nicht im büro
réponse automatique
absence du bureau
absent du bureau
absente du bureau
absent(e) du bureau
message d'absence
respuesta automática
fuera de la oficina
fuera de oficina
risposta automatica
fuori sede
fuori ufficio
resposta automática
fora do escritório
ausência temporária
automatisch antwoord
automatische beantwoording
afwezigheidsbericht
afwezig:
niet aanwezig
autom. antwoord
automatyczna odpowiedź
autoodpowiedź
poza biurem
nieobecność
automatická odpověď
mimo kancelář
automatická odpoveď
mimo kancelárie
automatikus válasz
házon kívül
răspuns automat
raspuns automat
autosvar
automatiskt svar
automatisk svar
automatisk besvarelse
frånvaro
fraværende
fravær:
ikke til stede
ikke på kontoret
automaattinen vastaus
poissaoloilmoitus
poissa toimistosta
автоответ
автоматический ответ
нет на месте
отсутствие на рабочем месте
автоматична відповідь
автовідповідь
автоматичен отговор
otomatik yanıt
otomatik cevap
ofis dışında
αυτόματη απάντηση
εκτός γραφείου
automatski odgovor
izvan ureda
samodejni odgovor
automaatvastus
automaatne vastus
automātiska atbilde
automātiskā atbilde
automatinis atsakymas
ateb awtomatig
ymateb awtomatig
resposta automàtica
sjálfvirkt svar
自動応答
自動返信
不在通知
自动答复
自动回复
自動回覆
自動答覆
자동 회신
자동 응답
부재중
رد تلقائي
الرد التلقائي
מענה אוטומטי
תשובה אוטומטית
balasan otomatis
trả lời tự động
ตอบกลับอัตโนมัติ
on holiday re:
on leave re:
on annual leave re:
automatic answer
automated answer
antwort automatisch
automatische rückmeldung
réponse auto
réponse automatisée
contestación automática
respuesta automatizada
risponditore automatico
resposta automatizada
automatische antwoord
automatische reactie
odpowiedź automatyczna
automatyczna wiadomość zwrotna
odpověď automatická
odpoveď automatická
válasz automatikus
răspuns automatizat
raspuns automatizat
automatsvar
automatiskt meddelande
frånvaromeddelande
fraværsmelding
fraværsbesked
fraværsbeskjed
automaattivastaus
poissaoloviesti
ответ автоматический
автоматическое уведомление
відповідь автоматична
αυτόματο μήνυμα
otomatik yanit
odgovor automatski
samodejno sporočilo
avtomatski odgovor
аутоматски одговор
отговор автоматичен
automaatne teade
automātiskais atbildētājs
automatinis laiškas
sjálfvirk svörun
ymateb awtomataidd
resposta automatitzada
自動応答メール
自動返信メール
自动响应
자동 답장
자동응답
رد آلي
إجابة تلقائية
תגובה אוטומטית
پاسخ خودکار
جواب خودکار
स्वचालित उत्तर
स्वचालित जवाब
स्वतः उत्तर
jawaban otomatis
phản hồi tự động
thư trả lời tự động
การตอบกลับอัตโนมัติ
ข้อความตอบกลับอัตโนมัติ
""".splitlines()
)

BOUNCED = tuple(
    """\
undeliverable:
undeliverable mail
undeliverable message
undeliverable email
undelivered:
undelivered mail
undelivered message
undelivered email
message undeliverable
mail undeliverable
nondeliverable mail
non-deliverable mail
non delivery report
non-delivery report
non-delivery notification
delivery status notification
delivery notification
delivery failure
delivery failed:
delivery failed (
delivery has failed
delivery delayed:
delivery report:
mail delivery failed
mail delivery failure
mail delivery problem
mail delivery error
mail delivery delayed
mail delivery status
mail delivery system
mail system error
mail failure
mail error -
mail not delivered
mail could not be delivered
message not delivered
message not deliverable
message could not be delivered
message delivery failed
message delivery failure
message delivery has been delayed
message status - undeliverable
message you sent blocked
email delivery failure
email could not be delivered
e-mail delivery failure
failed mail
failure notice
failure delivery
failure to deliver
could not deliver message
could not send message
unable to deliver
returned mail
returned message
returned to sender
returned email
warning: could not send message
warning: could not send
warning: message delayed
warning: e-mail delivery
warning: mail delivery
delayed mail
delivery incomplete
recipient not found
user unknown
rejected mail
spam rejected
virus found in
virus detected
message blocked
mail rejected
banned file
banned filename
unzustellbar
nicht zugestellt
nicht zustellbar
zustellung fehlgeschlagen
fehler bei der zustellung
rückläufer
non remis
non distribué
échec de la remise
echec de la remise
échec de distribution
message non délivré
message non remis
no se puede entregar
no entregado
no se ha podido entregar
mensaje no entregado
error en la entrega
non recapitato
non recapitabile
mancato recapito
messaggio non recapitato
não entregue
não é possível entregar
não foi possível entregar
falha na entrega
mensagem não entregue
onbestelbaar
niet bezorgd
niet afgeleverd
aflevering mislukt
niedostarczon
nie można dostarczyć
nie dostarczono
zwrot wiadomości
nedoručitelné
nedoručeno
nedoručená
nedoručiteľné
kézbesíthetetlen
nem kézbesíthető
nem továbbítható
nelivrabil
nu a putut fi livrat
olevererbart
kan inte levereras
det går inte att leverera
kunde inte levereras
kan ikke leveres
ikke leveret
ikke levert
kunne ikke leveres
toimittaminen epäonnistui
toimitus epäonnistui
viestiä ei voitu toimittaa
не удалось доставить
не доставлено
недоставленное сообщение
недоставлено
не вдалося доставити
teslim edilemedi
iletilemedi
αδυναμία παράδοσης
δεν παραδόθηκε
nije isporučeno
neisporučivo
ei saanud kohale
kohaletoimetamine nurjus
nepiegādāts
neprístatyta
nepristatyta
配信不能
配信できませんでした
返送されたメール
无法投递
未送达
退信
系统退信
未傳遞
無法傳遞
배달되지 않음
전달되지 않음
تعذر التسليم
غير قابل للتسليم
לא ניתן למסור
""".splitlines()
)

READ: tuple[str, ...] = (
    "read:",
    "not read:",
    "read receipt",
    "return receipt",
    "gelesen:",
    "lu :",
    "lu:",
    "leído:",
    "letto:",
    "lido:",
)
READ += (
    "gelezen:",
    "przeczytano:",
    "läst:",
    "læst:",
    "lest:",
    "luettu:",
    "přečteno:",
    "olvasva:",
    "citit:",
    "okundu:",
)
READ += (
    "прочитано:",
    "既読:",
    "已读:",
    "開封済み:",
    "lesebestätigung",
    "accusé de réception",
    "ungelesen:",
    "non lu :",
)
"""Receipts; a person may write such a subject too, so the body must speak of the message."""

"""What mail programs write above a forwarded mail, a row for each language they speak.

The words are those of Outlook, Gmail, Apple Mail, Thunderbird, Yahoo, Samsung and Windows Mail in that language;
a client or a language more is a row more. `|` stands between words that mean the same. No word has capitals.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Language:
    """The words of one language; `code` is dateparser's name for it."""

    code: str
    sender: str
    date: str
    to: str
    cc: str
    subject: str
    separators: str
    """Announce a forwarded or an original mail, between dashes or before a colon."""
    forward: str = ""
    """What stands in front of the colon in a forward's subject."""
    reply: str = ""
    wrote: str = ""
    """The verb in `On 2 November 2026, Jane wrote:`."""
    other: str = ""
    """Labels that a header block may hold beside those."""


LANGUAGES = (
    Language(
        "en",
        sender="from",
        date="sent|date|sent at|sent on|date sent",
        to="to",
        cc="cc|copy",
        subject="subject",
        separators="forwarded message|begin forwarded message|forwarded mail|forwarded email|original message"
        "|original mail|original email|original e-mail|attached message|message forwarded"
        "|start of forwarded message",
        forward="fw|fwd|forward|forwarded",
        reply="re",
        wrote="wrote|writes",
        other="sender|bcc|reply-to|reply to|importance|attachments|attachment|organisation|organization|priority"
        "|sensitivity|categories|resent-from|mailed-by|signed-by|message-id|return-path|sent by|security|flag",
    ),
    Language(
        "de",
        sender="von|absender",
        date="gesendet|datum|gesendet am|gesendet um|versendet|verschickt",
        to="an|empfänger",
        cc="cc|kopie|kopie (cc)",
        subject="betreff",
        separators="weitergeleitete nachricht|anfang der weitergeleiteten nachricht|weitergeleitete mail"
        "|weitergeleitete e-mail|ursprüngliche nachricht|originalnachricht|originalmail|original-nachricht"
        "|ursprüngliche mail|weiterleitung|beginn der weitergeleiteten nachricht",
        forward="wg|wtr|wl|weitergeleitet",
        reply="aw|antw|antwort",
        wrote="schrieb|geschrieben|hat geschrieben",
        other="antwort an|anlagen|anhänge|wichtigkeit|priorität|bcc|blindkopie|organisation|vertraulichkeit",
    ),
    Language(
        "fr",
        sender="de|expéditeur|from",
        date="envoyé|date|envoyé le|envoyée|date d'envoi|envoyé à|le",
        to="à|a|pour|destinataire|destinataires",
        cc="cc|copie|copie à",
        subject="objet|sujet",
        separators="message transféré|message transmis|message d'origine|message original"
        "|début du message réexpédié"
        "|début du message transféré|mail transféré|e-mail transféré|courriel transféré|courriel original"
        "|mail original|message envoyé|message réexpédié|message initial",
        forward="tr|tf|transf|transféré|fwd",
        reply="re|rép|ré",
        wrote="a écrit|écrit",
        other="répondre à|pièces jointes|pièce jointe|importance|cci|organisation|réponse à",
    ),
    Language(
        "es",
        sender="de|remitente",
        date="enviado|fecha|enviado el|enviada el|fecha de envío|enviado a las|el",
        to="para|a|destinatario",
        cc="cc|copia",
        subject="asunto",
        separators="mensaje reenviado|mensaje original|inicio del mensaje reenviado|correo reenviado"
        "|correo original"
        "|comienzo del mensaje reenviado|mensaje remitido",
        forward="rv|reenv|rm|fwd",
        reply="re|resp",
        wrote="escribió|escribio",
        other="responder a|datos adjuntos|adjuntos|importancia|cco|organización",
    ),
    Language(
        "it",
        sender="da|mittente",
        date="inviato|data|inviato il|data invio|inviata",
        to="a|per|destinatario",
        cc="cc|copia|copia per conoscenza",
        subject="oggetto",
        separators="messaggio inoltrato|messaggio originale|inizio messaggio inoltrato"
        "|inizio del messaggio inoltrato"
        "|messaggio inoltrato da|mail inoltrata|email inoltrata|forward message",
        forward="i|ig|inoltro|inol",
        reply="r|rif|re",
        wrote="ha scritto|scrive",
        other="rispondi a|allegati|allegato|priorità|ccn|organizzazione|importanza",
    ),
    Language(
        "pt",
        sender="de|remetente",
        date="enviado|enviada|data|enviado em|enviada em|data de envio",
        to="para|destinatário",
        cc="cc|com cópia|cópia|c/c",
        subject="assunto",
        separators="mensagem encaminhada|mensagem reencaminhada|mensagem original|início da mensagem encaminhada"
        "|início da mensagem reencaminhada|e-mail encaminhado|email encaminhado|começo da mensagem encaminhada",
        forward="enc|encam|fwd|rea",
        reply="res|resp|re",
        wrote="escreveu",
        other="responder para|responder a|anexos|anexo|importância|prioridade|cco|bcc|organização",
    ),
    Language(
        "nl",
        sender="van|afzender",
        date="verzonden|datum|verzonden op|verstuurd|verstuurd op|gezonden",
        to="aan",
        cc="cc|kopie",
        subject="onderwerp|betreft",
        separators="doorgestuurd bericht|oorspronkelijk bericht|origineel bericht|begin doorgestuurd bericht"
        "|doorgestuurde mail|doorgestuurde e-mail|oorspronkelijke bericht|doorgestuurd e-mailbericht"
        "|begin van doorgestuurd bericht",
        forward="doorst|dst|doorgestuurd|fwd",
        reply="antw|betr|re",
        wrote="schreef|heeft het volgende geschreven|heeft geschreven|geschreven",
        other="antwoord aan|antwoorden op|bijlagen|bijlage|urgentie|bcc|organisatie|prioriteit",
    ),
    Language(
        "pl",
        sender="od|nadawca",
        date="wysłano|data|wysłane|wysłany|wysłana|data wysłania",
        to="do|adresat|odbiorca",
        cc="dw|kopia|do wiadomości|cc|udw",
        subject="temat|tytuł",
        separators="wiadomość przekazana dalej|treść przekazanej wiadomości|przekazana wiadomość"
        "|wiadomość oryginalna"
        "|wiadomość przekazana|oryginalna wiadomość|początek przekazywanej wiadomości|forwarded message"
        "|początek przekazanej wiadomości|dalej przesłana wiadomość|wiadomość przesłana dalej",
        forward="pd|przek|fwd|odp fwd",
        reply="odp|re",
        wrote="napisał|napisała|napisał(a)|pisze|napisał/a",
        other="odpowiedz do|odpowiedź do|załączniki|ważność|priorytet|organizacja",
    ),
    Language(
        "cs",
        sender="od|odesílatel",
        date="odesláno|datum|posláno|odeslána|odeslán",
        to="komu|pro|adresát",
        cc="kopie|cc",
        subject="předmět|věc",
        separators="přeposlaná zpráva|původní zpráva|předaná zpráva|začátek přeposílané zprávy|původní e-mail"
        "|začátek přeposlané zprávy|přeposlaný e-mail|přeposlaný email|přesměrovaná zpráva",
        forward="př|přep|fw|předat",
        reply="odp|re",
        wrote="napsal(a)|napsal|napsala",
        other="odpovědět komu|odpovědět|přílohy|příloha|důležitost|skrytá|organizace|skrytá kopie",
    ),
    Language(
        "sk",
        sender="od|odosielateľ",
        date="odoslané|dátum|poslané|odoslaná",
        to="komu|pre|adresát",
        cc="kópia|cc",
        subject="predmet|vec",
        separators="preposlaná správa|pôvodná správa|začiatok preposlanej správy|odovzdaná správa|pôvodný e-mail"
        "|postúpená správa|preposlaný e-mail|začiatok preposielanej správy|posunutá správa",
        forward="pr|prep|fw",
        reply="odp|re",
        wrote="napísal(a)|napísal|napísala",
        other="odpovedať|prílohy|dôležitosť|skrytá kópia|organizácia",
    ),
    Language(
        "hu",
        sender="feladó|küldő",
        date="elküldve|dátum|küldve|küldés ideje|küldte|küldés dátuma|elküldés dátuma",
        to="címzett|címzettek|kinek",
        cc="másolatot kap|másolat|cc",
        subject="tárgy",
        separators="továbbított üzenet|eredeti üzenet|továbbított levél kezdete|továbbított levél|eredeti levél"
        "|az eredeti üzenet|továbbított üzenet kezdete|üzenet továbbítása",
        forward="továbbítva|továbbítás|tov|továbbítva|fw",
        reply="vá|válasz|re",
        wrote="írta|ezt írta|a következőt írta",
        other="válaszcím|mellékletek|melléklet|fontosság|titkos másolat|szervezet",
    ),
    Language(
        "ro",
        sender="de la|de|expeditor|from",
        date="trimis|data|dată|trimisă|trimis la|trimis în|data trimiterii",
        to="către|catre|la|destinatar|pentru",
        cc="cc|copie carbon|copie",
        subject="subiect|subiectul",
        separators="mesaj redirecționat|mesaj original|mesaj transmis|mesajul redirecționat|mesajul original"
        "|începutul mesajului redirecționat|început mesaj redirecționat|mesaj înaintat|mesajul inițial"
        "|mesaj inițial"
        "|mesaj redirectionat|mesaj retransmis|începe mesajul redirecționat|mesaj trimis mai departe"
        "|mesajul transmis",
        forward="redir|fw|fwd|înaintat",
        reply="re|răsp|ref",
        wrote="a scris",
        other="răspuns către|atașamente|importanță|organizație|răspunde la",
    ),
    Language(
        "sv",
        sender="från|avsändare",
        date="skickat|datum|skickades|skickad",
        to="till",
        cc="kopia|cc",
        subject="ämne|rubrik",
        separators="vidarebefordrat meddelande|ursprungligt meddelande|vidarebefordrat brev|vidarebefordrat mejl"
        "|originalmeddelande|vidarebefordrat mail|vidarebefordrat e-postmeddelande|börja vidarebefordrat meddelande"
        "|början på vidarebefordrat meddelande|vidarebefordrat e-brev|börjar vidarebefordrat brev"
        "|början på det vidarebefordrade brevet|ursprungligt brev",
        forward="vb|vidarebefordrat|fwd",
        reply="sv|re",
        wrote="skrev",
        other="svara till|svar till|bifogade filer|bilagor|bilaga|prioritet|vikt|hemlig kopia|organisation",
    ),
    Language(
        "nb",
        sender="fra|avsender",
        date="sendt|dato|sendt den",
        to="til|mottaker",
        cc="kopi|cc|kopi til",
        subject="emne",
        separators="videresendt melding|opprinnelig melding|videresendt e-post|start på videresendt melding"
        "|original melding|originalmelding|begynnelse på videresendt melding|videresendt brev|videresendt e-melding"
        "|begynnelsen på videresendt melding|starten på den videresendte meldingen",
        forward="vs|videresendt|fwd",
        reply="sv|re",
        wrote="skrev|skreiv",
        other="svar til|vedlegg|prioritet|viktighet|blindkopi|organisasjon",
    ),
    Language(
        "da",
        sender="fra|afsender",
        date="sendt|dato|sendt den",
        to="til|modtager",
        cc="cc|kopi",
        subject="emne|vedrørende",
        separators="videresendt besked|oprindelig meddelelse|videresendt meddelelse|oprindelig besked"
        "|videresendt mail"
        "|start på videresendt besked|videresendt e-mail|starten på videresendt besked|den oprindelige meddelelse"
        "|original besked|begyndelsen på videresendt e-mail|start på videresendt e-mail|original meddelelse"
        "|start på den videresendte besked|begyndelse på videresendt besked|videresendt post",
        forward="vs|videresendt|fwd",
        reply="sv|re",
        wrote="skrev",
        other="svar til|vedhæftede filer|vedhæftet fil|bilag|prioritet|vigtighed|bcc|organisation",
    ),
    Language(
        "fi",
        sender="lähettäjä|keneltä",
        date="lähetetty|päivämäärä|päiväys|lähetysaika|lähetyspäivä|pvm|lähetetty klo",
        to="vastaanottaja|vastaanottajat|kenelle|saaja",
        cc="kopio|cc",
        subject="aihe|otsikko",
        separators="välitetty viesti|alkuperäinen viesti|välitetty viesti alkaa|edelleenlähetetty viesti"
        "|välitä viesti alkaa|välitetyn viestin alku|edelleen lähetetty viesti|lähetetty edelleen"
        "|välitetty viesti / fwd.msg|alkuperäinen viesti / orig.msg.",
        forward="vl|vs|fwd|välitetty",
        reply="vs|re",
        wrote="kirjoitti",
        other="vastausosoite|liitteet|liite|tärkeys|piilokopio|organisaatio|prioriteetti",
    ),
    Language(
        "ru",
        sender="от|от кого|отправитель",
        date="отправлено|дата|послано|отправлен|отправлено на",
        to="кому|получатель",
        cc="копия|cc",
        subject="тема",
        separators="пересланное сообщение|пересылаемое сообщение|исходное сообщение|перенаправленное сообщение"
        "|начало переадресованного сообщения|начало пересланного сообщения|оригинальное сообщение"
        "|пересланное письмо"
        "|исходное письмо|переадресованное сообщение|начало пересылаемого сообщения|перенаправляемое сообщение"
        "|пересылаемое письмо",
        forward="пересл|пер|fwd|нп",
        reply="на|отв|re",
        wrote="написал|написала|написал(а)|пишет|писал|писал(а)",
        other="ответить|вложения|важность|скрытая копия|организация|обратный адрес",
    ),
    Language(
        "uk",
        sender="від|від кого|відправник|надсилач",
        date="надіслано|дата|відправлено|дата надсилання",
        to="кому|до|отримувач|одержувач",
        cc="копія|cc",
        subject="тема",
        separators="переслане повідомлення|початкове повідомлення|початок листа, що пересилається"
        "|вихідне повідомлення"
        "|оригінальне повідомлення|початок переадресованого повідомлення|переслане повідомлення від|пересланий лист"
        "|перенаправлене повідомлення|переадресоване повідомлення|початок пересланого повідомлення",
        forward="пересл|fwd|пер|нп",
        reply="re|відп|на",
        wrote="пише|написав|написала|написав(ла)|писав|пише(ла)",
        other="вкладення|важливість|прихована копія|відповісти",
    ),
    Language(
        "tr",
        sender="kimden|gönderen",
        date="gönderildi|tarih|gönderilme|gönderme tarihi|gönderim tarihi|gönderilen",
        to="kime|alıcı",
        cc="bilgi|cc",
        subject="konu",
        separators="yönlendirilmiş ileti|iletilen mesaj|özgün ileti|orijinal ileti|iletilen ileti"
        "|yönlendirilen ileti"
        "|ilk ileti|orijinal mesaj|iletilmiş mesaj|yönlendirilen mesaj|iletilen mesajın başlangıcı"
        "|başlangıç iletisi"
        "|yönlendirilmiş mesaj|iletilmiş ileti|ileti başlangıcı|yönlendirilen iletinin başlangıcı|asıl ileti"
        "|yönlendirilmiş posta",
        forward="ilt|i̇lt|iltl|yön|fwd|ynl",
        reply="ynt|yan|ynl re",
        wrote="yazdı|şunu yazdı|şunları yazdı",
        other="yanıtlama adresi|yanıt|ekler|önem|gizli",
    ),
    Language(
        "el",
        sender="από|αποστολέας",
        date="στάλθηκε|ημερομηνία|εστάλη|ημερομηνία αποστολής|απεστάλη",
        to="προς|παραλήπτης|σε",
        cc="κοιν.|κοινοποίηση|κοιν|cc",
        subject="θέμα",
        separators="προωθημένο μήνυμα|αρχικό μήνυμα|αρχή προωθημένου μηνύματος|προωθούμενο μήνυμα"
        "|αρχή του προωθημένου μηνύματος|μήνυμα που προωθήθηκε|έναρξη προωθημένου μηνύματος|αυθεντικό μήνυμα",
        forward="πρθ|πρ|fwd",
        reply="απ|σχετ|re",
        wrote="έγραψε|έγραψαν",
        other="απάντηση σε|συνημμένα|σπουδαιότητα|ιδιαίτερη κοινοποίηση|απάντηση προς",
    ),
    Language(
        "hr",
        sender="od|šalje|pošiljatelj",
        date="poslano|datum|poslato|datum slanja",
        to="za|prima|prim|primatelj|kome",
        cc="kopija|cc|kopija za",
        subject="predmet|naslov",
        separators="proslijeđena poruka|izvorna poruka|početak proslijeđene poruke|originalna poruka|proslijeđeno"
        "|prosleđena poruka|započni proslijeđenu poruku|prosljeđena poruka|početak prosljeđene poruke"
        "|proslijeđena e-pošta|originalni email|proslijeđena poruka od",
        forward="prosl|proslj|pr|prosljeđeno|fwd|prosleđeno|proslijeđeno",
        reply="odg|re|odgovor",
        wrote="je napisao/la|napisao je|napisala je|je napisao|je napisala|piše|napisao/la je|je napisao/napisala",
        other="odgovori na|prilozi|privici|važnost|skrivena kopija|organizacija",
    ),
    Language(
        "sl",
        sender="od|pošiljatelj|pošilja",
        date="poslano|datum",
        to="za|komu|prejemnik|zadeva za",
        cc="kp|kopija|cc",
        subject="zadeva|predmet",
        separators="posredovano sporočilo|izvirno sporočilo|začetek posredovanega sporočila|prvotno sporočilo"
        "|začni posredovano sporočilo",
        forward="ps|posr|posredovano",
        reply="odg|re",
        wrote="je napisal|je napisala|je napisal/-a|je napisal(a)|piše",
        other="odgovori|priloge|pomembnost|skp",
    ),
    Language(
        "sr",
        sender="од|шаље|пошиљалац",
        date="послато|датум",
        to="за|прима|коме",
        cc="копија|коп",
        subject="тема|наслов",
        separators="прослеђена порука|изворна порука|почетак прослеђене поруке|оригинална порука",
        forward="прос|просл",
        reply="одг",
        wrote="је написао|је написала|је написао/ла|написао/ла|пише",
    ),
    Language(
        "bg",
        sender="от|подател",
        date="изпратено|дата|изпратени",
        to="до|получател",
        cc="копие|як|cc",
        subject="относно|тема",
        separators="препратено съобщение|оригинално съобщение|първоначално съобщение|препратено писмо"
        "|начало на препратено съобщение|оригинално писмо|изходно съобщение|начало на препратеното съобщение",
        forward="препр|пн|прп|fwd",
        reply="отг|re|отн",
        wrote="написа|написа(а)|пише",
    ),
    Language(
        "et",
        sender="saatja|kellelt",
        date="saadetud|kuupäev|saatmisaeg|saatmise aeg",
        to="saaja|adressaat|kellele|saajad",
        cc="koopia|cc",
        subject="teema|pealkiri",
        separators="edastatud kiri|algne kiri|edasisaadetud kiri|edastatud sõnum|algne sõnum|algsõnum"
        "|edastatud e-kiri|edastatud kirja algus|edastatud meil|edasi saadetud kiri|algne e-kiri|edastatud teade",
        forward="edas|edasi|ed|es|fwd",
        reply="vs|vast|re",
        wrote="kirjutas|kirjutas järgmist",
        other="vastamise aadress|manused|manus|tähtsus|pimekoopia|organisatsioon",
    ),
    Language(
        "lv",
        sender="no|sūtītājs|nosūtītājs",
        date="nosūtīts|datums|sūtīts|nosūtīšanas datums|nosūtīta",
        to="kam|adresāts|saņēmējs|uz",
        cc="kopija|cc|kopija uz",
        subject="temats|tēma|priekšmets",
        separators="pārsūtīts ziņojums|sākotnējais ziņojums|pārsūtītais ziņojums|oriģinālais ziņojums"
        "|pārsūtīta ziņa"
        "|pārsūtīta vēstule|oriģinālā vēstule|pārsūtītā ziņa|sākotnējā ziņa|pārsūtītā vēstule"
        "|pārsūtītās ziņas sākums"
        "|oriģinālā ziņa|sākotnējā vēstule",
        forward="pār|pārs|pārsūt|fwd",
        reply="atb|re",
        wrote="rakstīja|raksta",
        other="atbildēt uz|pielikumi|svarīgums|slēptā kopija",
    ),
    Language(
        "lt",
        sender="nuo|kas|siuntėjas|siunt",
        date="išsiųsta|data|siųsta|išsiuntimo data",
        to="kam|iki|gavėjas|gavėjai",
        cc="kopija|kop.|cc",
        subject="tema",
        separators="persiųstas laiškas|pradinis laiškas|persiunčiamas laiškas|originalus laiškas"
        "|persiųstas pranešimas"
        "|persiųsta žinutė|originalaus laiško tekstas|persiųsto laiško pradžia|pradinis pranešimas"
        "|persiųstos žinutės pradžia|persiunčiamo laiško pradžia|persiųsto laiško tekstas|persiųstas el. laiškas",
        forward="pers|persiųsta|fwd|prs",
        reply="ats|re|atsak",
        wrote="rašė|parašė|rašo",
        other="atsakyti|priedai|priedas|svarba|nematoma kopija|atgalinis adresas",
    ),
    Language(
        "is",
        sender="frá",
        date="sent|dagsetning|send",
        to="til",
        cc="afrit",
        subject="efni",
        separators="framsent skeyti|upprunalegt skeyti|upphafleg skilaboð|áframsent skeyti|framsend skilaboð",
        forward="fs|áfs|áframsent",
        reply="sv",
        wrote="skrifaði",
    ),
    Language(
        "cy",
        sender="oddi wrth|gan|o",
        date="anfonwyd|dyddiad",
        to="at|i",
        cc="cc|copi",
        subject="pwnc|testun",
        separators="neges wreiddiol|neges wedi ei hanfon ymlaen|neges ymlaen|dechrau neges ymlaen"
        "|neges a anfonwyd ymlaen|neges wedi'i hanfon ymlaen",
        forward="yml|ymlaen",
        reply="atb|ateb",
        wrote="ysgrifennodd",
    ),
    Language(
        "ca",
        sender="de|remitent",
        date="enviat|data|enviat el|enviada el",
        to="per a|a|destinatari",
        cc="a/c|cc|còpia",
        subject="assumpte|tema",
        separators="missatge reenviat|missatge original|inici del missatge reenviat|missatge enviat",
        forward="rv|reenv",
        reply="re|resp",
        wrote="va escriure|ha escrit",
    ),
    Language(
        "ja",
        sender="差出人|送信者|from",
        date="送信日時|日付|日時|送信済み|送信日",
        to="宛先|to|送信先",
        cc="cc|写し",
        subject="件名",
        separators="転送されたメッセージ|転送メッセージ|元のメッセージ|転送メール|転送されたメール"
        "|下記は転送されたメッセージです"
        "|以下は転送されたメッセージです|オリジナルメッセージ|転送ここから|転送されたメッセージの始まり"
        "|元のメール|ここから転送されたメッセージです|オリジナル メッセージ",
        forward="転送",
        reply="返信",
        wrote="のメール|は書きました|が書きました|さんは書きました|さんが書きました",
        other="返信先|添付ファイル|重要度|bcc",
    ),
    Language(
        "zh",
        sender="发件人|寄件者|寄件人|发送人|從|自|发件人(from)|寄件人（from）|发信人",
        date="发送时间|日期|傳送日期|寄件日期|时间|已傳送|發送日期|时间|发件时间|發送時間|送件日期"
        "|传送日期|发送日期|傳送時間|已发送|寄送日期",
        to="收件人|收件者|至|发送至",
        cc="抄送|副本|抄送人|cc|副本抄送",
        subject="主题|主旨|標題|主題|标题",
        separators="转发的邮件|转发邮件信息|转发邮件|原始邮件|轉寄的郵件|轉寄郵件|原始郵件|转发的消息"
        "|以下是转发的邮件|开始转发的邮件"
        "|下面是被转发的邮件|轉寄訊息|原始訊息|已轉寄郵件|被转发邮件信息|转发信息|邮件原件"
        "|以下是轉寄的郵件|轉寄的訊息|原邮件"
        "|開始轉寄郵件|轉寄信件|已轉寄的郵件|已轉寄訊息|已转发邮件|轉寄郵件信息|轉發的郵件|轉發郵件"
        "|已转发的邮件|原郵件",
        forward="转发|轉寄|轉發|转",
        reply="回复|答复|回覆|答覆|回",
        wrote="写道|寫道|写到|於",
        other="附件|重要性|密件抄送|回复|密件副本|答复",
    ),
    Language(
        "ko",
        sender="보낸 사람|보낸사람|발신|발신자|발신인|보낸이",
        date="보낸 날짜|날짜|보낸날짜|보낸 시간|보냄|전송 날짜|작성일|일시|전송일|발송일|발송 날짜",
        to="받는 사람|받는사람|수신|수신자|수신인|받는이",
        cc="참조|cc|참조인",
        subject="제목",
        separators="전달된 메시지|원본 메시지|전달된 메일|원본 메일|원본 이메일|전달된 이메일"
        "|아래는 전달된 메시지입니다|원래 메시지"
        "|원본메시지|전달 메시지|전달된 메시지의 시작|전달된 메시지 시작|전달 메일|원본 내용|전달된 편지",
        forward="전달|fwd",
        reply="회신|답장|re",
        wrote="님이 작성|작성|님이 다음과 같이 작성|님이 작성함|님이 씀",
        other="회신 주소|첨부 파일|중요도|숨은 참조",
    ),
    Language(
        "ar",
        sender="من|المرسل",
        date="تاريخ الإرسال|التاريخ|تم الإرسال|أرسلت|أُرسلت|تاريخ|مرسل|الإرسال|تم الإرسال في|أُرسل",
        to="إلى|الى|المستلم",
        cc="نسخة|نسخة إلى|نسخة كربونية|cc",
        subject="الموضوع|موضوع",
        separators="الرسالة المعاد توجيهها|رسالة معاد توجيهها|الرسالة الأصلية|رسالة أصلية"
        "|بداية الرسالة المعاد توجيهها"
        "|رسالة ممررة|رسالة مُعاد توجيهها|الرسالة المُعاد توجيهها|رسالة محولة|بدء الرسالة المُعاد توجيهها"
        "|رسالة تمت إعادة توجيهها|رسالة ممرّرة|الرسالة المحولة|بدء الرسالة المعاد توجيهها"
        "|بداية الرسالة المُعاد توجيهها",
        forward="إعادة توجيه|تحويل|fwd|توجيه",
        reply="رد|الرد|re",
        wrote="كتب|كتبت|كتب/ت",
        other="المرفقات|الأهمية|الرد على|نسخة مخفية",
    ),
    Language(
        "he",
        sender="מאת|שולח|מ",
        date="נשלח|תאריך|נשלח ב|נשלח בתאריך|תאריך שליחה",
        to="אל|נמען|ל",
        cc="עותק|העתק|cc",
        subject="נושא|הנדון",
        separators="הודעה שהועברה|ההודעה המקורית|הודעה מקורית|תחילת ההודעה שהועברה|הודעה מועברת|תחילת הודעה שהועברה"
        "|הודעה שהועברה מאת|מייל מועבר",
        forward="העברה|הועבר|fwd",
        reply="השב|תגובה|בעניין",
        wrote="כתב|כתבה|כתב/ה|כתב(ה)|‏כתב",
        other="קבצים מצורפים|חשיבות|עותק סמוי|השב-אל|השב אל",
    ),
    Language(
        "fa",
        sender="از|فرستنده",
        date="تاریخ|ارسال شده|فرستاده شده",
        to="به|گیرنده",
        cc="رونوشت",
        subject="موضوع|عنوان",
        separators="پیام هدایت شده|پیام اصلی|پیام ارجاعی|پیام فوروارد شده|پیام بازارسال شده",
        forward="ارجاع",
        reply="پاسخ",
        wrote="نوشت|نوشته است",
    ),
    Language(
        "hi",
        sender="प्रेषक|से|द्वारा",
        date="भेजा गया|दिनांक|तारीख|प्रेषित",
        to="प्राप्तकर्ता|को|सेवा में|प्रति",
        cc="प्रतिलिपि|cc",
        subject="विषय",
        separators="अग्रेषित संदेश|मूल संदेश|आगे भेजा गया संदेश|फ़ॉरवर्ड किया गया संदेश|अग्रेषित किया गया संदेश",
        forward="अग्रे",
        reply="उत्तर",
        wrote="ने लिखा",
    ),
    Language(
        "id",
        sender="dari|pengirim",
        date="dikirim|tanggal|terkirim",
        to="kepada|untuk|ke|penerima",
        cc="cc|tembusan|salinan",
        subject="perihal|subjek|judul|hal",
        separators="pesan terusan|pesan yang diteruskan|pesan asli|pesan asal|mulai pesan yang diteruskan"
        "|pesan diteruskan|awal pesan yang diteruskan|mulai meneruskan pesan|mesej dimajukan|mesej asal",
        forward="trs|terusan",
        reply="bls|balas",
        wrote="menulis",
    ),
    Language(
        "vi",
        sender="từ|người gửi",
        date="đã gửi|ngày|ngày gửi|thời gian|gửi|vào",
        to="đến|tới|người nhận",
        cc="cc|đồng gửi",
        subject="chủ đề|tiêu đề",
        separators="thư đã chuyển tiếp|tin nhắn gốc|thư gốc|thư chuyển tiếp|bắt đầu thư chuyển tiếp"
        "|thư được chuyển tiếp"
        "|bắt đầu chuyển tiếp tin nhắn|email chuyển tiếp|tin nhắn được chuyển tiếp|tin nhắn ban đầu"
        "|tin nhắn đã chuyển tiếp",
        forward="chuyển tiếp|ctiep",
        reply="trả lời|trl",
        wrote="đã viết|viết",
    ),
    Language(
        "th",
        sender="จาก",
        date="ส่ง|วันที่|ส่งเมื่อ|ส่งแล้ว",
        to="ถึง",
        cc="สำเนา|สำเนาถึง",
        subject="เรื่อง|หัวเรื่อง|หัวข้อ",
        separators="ข้อความที่ส่งต่อ|ข้อความต้นฉบับ|ข้อความเดิม|เริ่มข้อความที่ถูกส่งต่อ",
        forward="ส่งต่อ",
        reply="ตอบ",
        wrote="เขียนว่า",
    ),
)

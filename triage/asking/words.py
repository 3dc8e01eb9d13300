"""The words of the grammar: how staff say each state, area, label and act, and the words that carry no meaning.

Patterns see words made regular (`tidy`): small letters, contractions opened, abbreviations spelt out. The first row
that fits wins within a table, so the special stands before the general.
"""

import re

from putright.cases.labels import Label, ServiceArea

_NOT = (
    r"(?:not|never)(?: (?:yet|been|be|got|had|have|has|actually|even|properly|still|we|sent|an?|any|"
    r"their|the|its|formally))*"
)
_NO = (
    r"(?:no|without|lacking|missing|needs?|needing|wants?|awaiting|waiting (?:for|on)|with no|have no|"
    r"has no)(?: (?:an?|any|their|the|its|to|be|have|yet|got|confirmed|named))*"
)
_ACKNOWLEDGED = r"acknowledg(?:e|ed|ing|ement|ements)"
_DEFINED = r"(?:defin(?:e|ed|ing|ition|itions)|complaint definitions?)"
_ASSIGNED = (
    r"(?:assign(?:ed|ing)?|allocat(?:ed|ing) (?:to|out)|allocated|given (?:to|out)|picked up|taken on|"
    r"handed out)"
)
_WHO = (
    r"(?:handlers?|owners?|investigators?|(?:case|investigating|complaints?) (?:officers?|handlers?|"
    r"managers?)|someone|somebody|anyone|anybody|officers?|home)"
)

STATES: tuple[tuple[str, str], ...] = (
    (
        "parked",
        (
            r"parked|set aside|put aside|quarantined?|parking (?:pile|lot|list)|on hold|auto "
            r"?repl(?:y|ies)|bounces?|(?:unread|unreadable|stuck) (?:e ?mails?|mails?|messages?)(?: stuck)?|"
            r"(?:e ?mails?|mails?|messages?) (?:is |are |got |that (?:is|are) )?stuck"
        ),
    ),
    (
        "awaiting_definition",
        (
            rf"un ?defined|{_NOT} (?:{_DEFINED})|(?:{_NO}|no) {_DEFINED}|{_DEFINED}(?: (?:is|are|still))* "
            r"(?:outstanding|missing|needed|to confirm|to do|not (?:done|confirmed|agreed)|pending|"
            r"queue|waiting|required|due|"
            rf"to be (?:done|confirmed|agreed|written))|"
            rf"to (?:be )?{_DEFINED}|(?:still )?waiting to be defined|(?:awaiting|pending|need|needs|"
            r"needing|wants|outstanding|"
            rf"draft|unconfirmed) (?:an? |their |its |to be |the )*{_DEFINED}|{_DEFINED} (?:has |have "
            r")?not (?:been )?"
            r"(?:confirmed|done|agreed|set|written)|not (?:been |yet )*(?:confirmed|agreed|done|set|"
            rf"written) (?:the |an? |their )?{_DEFINED}"
        ),
    ),
    (
        "unacknowledged",
        (
            rf"(?:un|non) ?acknowledged|{_NOT} {_ACKNOWLEDGED}|(?:{_NO}|no) {_ACKNOWLEDGED}|(?:still )?to "
            rf"(?:be )?{_ACKNOWLEDGED}|"
            r"(?:awaiting|pending|need|needs|needing|outstanding|owed|overdue an?|due an?|require|"
            r"requires) (?:an? |their |to be |the )*"
            rf"{_ACKNOWLEDGED}|{_ACKNOWLEDGED}(?: (?:is|are|still|letters?|emails?))* (?:outstanding|"
            r"missing|pending|to (?:do|send|go out)|"
            rf"needed|required|not (?:sent|done|gone out)|queue|waiting)|"
            r"(?:have|has|do|did) not (?:we |yet |been |got |had |sent )*(?:an? |their |the |any "
            rf")*{_ACKNOWLEDGED}|"
            rf"waiting on (?:an? )?{_ACKNOWLEDGED}|(?:nobody|no ?one)(?: (?:has|have|yet|even|ever))* "
            rf"acknowledg(?:ed|ing)|{_ACKNOWLEDGED} (?:has |have )?not (?:been "
            r")?(?:sent|done|gone)"
        ),
    ),
    (
        "review",
        (
            r"review(?:s|ed|ing)?(?: (?:queue|list|pile))?|unsure|unconfirmed|un ?certain|not (?:been "
            r")?confirmed|to confirm|"
            r"not (?:so |too |quite )?(?:sure|certain)(?: about| of)?|needs? (?:confirming|checking(?: by an? "
            r"(?:human|person))?|a human)|second look|"
            r"(?:needs?|for|wants?|waiting (?:on|for)|requires?)(?: an?)? (?:human|person|pair of "
            r"eyes|second pair of eyes)"
            r"(?: (?:to (?:look at|check|decide|say|review|see))?(?: it| them)?)?|"
            r"queried|need(?:s|ing)? (?:an? )?(?:human )?decision|to check|"
            r"low confidence|"
            r"(?:could|can|did) not (?:you |it |putright )?(?:classify|read|place|"
            r"label|understand|work out)(?: (?:it|them))?|unclear|ambiguous|not "
            r"classified|unclassified|unlabelled|(?:you )?asked about|ask a person|"
            r"borderline|could not (?:decide|tell|make up its mind)|can not (?:decide|"
            r"tell)|triage queue|in "
            r"triage|to triage"
        ),
    ),
    (
        "unassigned",
        (
            r"un ?assigned|un ?allocated|un ?owned|un ?claimed|without (?:an? |any "
            r")?(?:case )?owners?|needs? allocating|awaiting allocation|waiting for "
            rf"allocation|{_NOT} {_ASSIGNED}(?: (?:to "
            r")?(?:anyone|anybody|someone|somebody))?|"
            rf"(?:{_NO}) {_WHO}|(?:nobody|no ?one)(?: (?:has|have|is|with))*(?: (?:got|picked|taken|"
            r"looking|working|dealing|assigned|on|"
            r"handling|allocated|claimed))*(?: (?:up|on|at|with|it|them|to|these))*|(?:is |are )?not "
            r"(?:with|on|owned by|"
            r"got by) (?:anyone|anybody|someone)(?: s)?|(?:has|have) not (?:been )?(?:picked up|given|"
            r"got)(?: (?:an?|to|any))* "
            rf"?(?:{_WHO})?|{_NOT} (?:with|been given|given|got|have) (?:an? |any |to )*{_WHO}|to "
            r"(?:be )?(?:assign(?:ed)?|allocate(?:d)?)|"
            r"needs? (?:to be )?(?:assign(?:ing|ed)|allocat(?:ing|ed)|picking up|a home)|up for grabs|"
            r"awaiting (?:assignment|allocation)|orphan(?:ed|s)?|"
            rf"(?:awaiting|waiting for|needing|no) (?:assignment|allocation)|spare|going begging"
        ),
    ),
    (
        "chased",
        (
            r"chas(?:ed|er|ers|ing)(?: (?:us|up|again))*|(?:been )?(?:followed|"
            r"following) up|follow ?ups?|repeat contacts?|(?:second|2nd|third|3rd) "
            r"contact|nagging|asked again|asked "
            r"(?:again|for an update)|"
            r"(?:been )?nudged|came back (?:again|to us)|rung again|rang again|"
            r"(?:contacted|been in touch) again|"
            r"wanting an update|asking for (?:an update|updates)"
        ),
    ),
    (
        "extended",
        (
            r"extend(?:ed)?(?: the deadlines?(?: on| for)?)?|extensions?(?: in "
            r"place)?|(?:had|got|given|needed|asked for|have|has) (?:more|extra|"
            r"additional) time|pushed back|"
            r"longer to (?:respond|reply|answer)|(?:more|extra) time(?: (?:on|given|agreed))?|extra days"
        ),
    ),
    (
        "escalated",
        (
            r"escalat(?:ed|ions?|ing|es?)(?: up)?|(?:gone|went|go|going|moved?|moving|bumped|kicked|"
            r"pushed|taken|jumped|sent|stepped|risen|progressed)"
            r"(?: (?:up|on|over|through|in))*(?: to)?(?: the)? (?:stage 2|next stage)|"
            r"(?:asked|asking|wanted|wanting) (?:for|to go to|to go for) stage 2|"
            r"stage 2 escalations?|requested stage 2|not happy with (?:our|"
            r"the|their) stage 1(?: \w+)?|moved up|bumped up"
        ),
    ),
    (
        "hazard",
        (
            r"hazard(?:s|ous)?|awaab(?: ?'?s)?(?: law)?|emergenc(?:y|ies)|emergency hazards?|unsafe|"
            r"health and safety|danger(?:ous)?|risk to life|hhsrs"
        ),
    ),
    (
        "overdue",
        (
            r"overdues?|late|breached|breach(?:es|ing)?(?! (?:today|tomorrow|this|next|on|by|in|"
            r"soon))|in breach|miss(?:ed|ing)(?: (?:their|our|the|its|a|any))? "
            r"(?:deadlines?|dates?|targets?|timescales?|sla|slas)|missed|behind(?: (?:on|with|"
            r"schedule))?|(?:gone |went |run |running )?past "
            r"(?:their |the |its |our |it )*(?:due(?: date)?s?|deadlines?|date|sell by|target|"
            r"timescales?)|out of (?:time|date|target|timescale|sla)|"
            r"(?:gone|went|going|run|running|ran) over(?: (?:time|the deadline|deadline|target|by))?|"
            r"over (?:their |the |our |its )*(?:deadlines?|target|time|"
            r"timescale|sla|limit|date)|outside (?:of )?(?:the |our |their )?(?:target|timescales?|"
            r"time|sla|deadlines?|code|limits?)|lapsed|expired|slipped|"
            r"(?:should|needed to|supposed to|meant to) (?:have )?(?:been |have |be |had "
            r")*(?:answered|acknowledged|done|sent|gone(?: out)?|replied to|responded to|dealt with)"
            r"(?: (?:by now|already))?|time is up|non ?compliant|not (?:been )?met(?: "
            r"(?:the|their|our|its) (?:deadline|target|date)s?)?|(?:let |been let "
            r")slip|out of compliance|(?:gone |went |going )?(?:red|blown)|passed "
            r"(?:its|their|the|our) (?:due )?(?:date|deadline|target)|exceeded|not "
            r"(?:been )?(?:answered|done|sent|met) (?:in|on) time|not in time|lagging|"
            r"(?:gone|in the|into the) red|red ones|failed (?:the "
            r"|their |our )*(?:deadline|target|sla)|beyond (?:the |their )?(?:deadline|target)"
        ),
    ),
    (
        "closed",
        (
            r"closed(?: (?:off|down))?|close(?: (?:off|down))?|closures?|finished(?: (?:off|with))?|"
            r"resolved?|completed?|finish|done and dusted|ticked off|signed? off|cleared|wrapped up|"
            r"sorted|signed off|put to bed|finalised|concluded|shut|ended"
        ),
    ),
    (
        "due",
        (
            r"(?:about to |going to |will |could |may |might )?breach(?:es|ing)?(?= (?:today|tomorrow|"
            r"this|next|on|by|in|soon))|(?:about to|going to|will|could|might) breach|"
            r"due(?: (?:out|back|to go|date|dates))?|coming (?:up|due)|come (?:up|due)|comes due|"
            r"deadlines?|upcoming|to do|up next|"
            r"(?:need|needs|got|has|have|needing|must|should|ought|want|wants|supposed|meant|due)(?: "
            r"(?:to|be|i|we))* "
            r"(?:go(?:ing)? out|do(?:ing|ne)?|answer(?:ed|ing)?|send(?:ing)?|sent(?: out)?|responding|"
            r"reply(?:ing)?|respond(?:ed)?|replied|actioning|action|attention|"
            r"finish(?:ed|ing)?|complet(?:e|ed|ing)|out|sorting|dealing with)(?: to)?|fall(?:s|ing)? "
            r"due|expir(?:e|es|ing)|to (?:go out|answer|send|respond to|reply to)|"
            r"run(?:s|ning)? out(?: of time)?|hit(?:s|ting)? (?:their |the |its )?deadlines?|"
            r"responses?|replies|falling|on the horizon|land(?:s|ing)|ticking|"
            r"about to (?:go|breach|run out|expire|lapse)|approaching|(?:close|near|nearing|nearly|"
            r"almost) (?:to )?(?:deadline|breach(?:ing)?|due|out of time)|"
            r"go(?:es|ing)? out|up for (?:response|reply|answer)|target dates?|"
            r"need(?:s|ing)? (?:an? )?(?:repl(?:y|ies)|responses?|answers?)|want(?:s|"
            r"ed) answering"
        ),
    ),
    (
        "open",
        (
            r"open(?:ed)?|outstanding|live|current(?:ly open)?|on ?going|active|unresolved|still "
            r"(?:going|open|running|live|unanswered|to do)|in progress|"
            r"not (?:been )?(?:closed|finished|resolved|sorted|completed|done)(?: yet)?|on the go|on "
            r"the books|pending|in hand|in flight|"
            r"being (?:dealt with|worked on|looked at)|unanswered|unfinished|(?:have|are|is) not "
            r"(?:yet )?(?:been )?(?:closed|resolved|finished)|all cases|running"
        ),
    ),
)
"""How each state is said."""

AREAS: tuple[tuple[ServiceArea, str], ...] = (
    (ServiceArea.DAMP_MOULD, r"damp|mou?ldy?|condensation|damp (?:and )?mou?ld"),
    (
        ServiceArea.LEASEHOLD_CHARGES,
        (
            r"leasehold(?:ers?)?|service charges?|leases?|home ?owners?(?:hip)?|section 20|s20|shared "
            r"owners?(?:hip)?|ground rents?|"
            r"building insurance|management fees?|major works bills?"
        ),
    ),
    (
        ServiceArea.HEATING_GAS,
        (
            r"heating|boilers?|gas(?: safety)?|hot water|radiators?|heat(?: pumps?| network)?|"
            r"district heating|thermostats?"
        ),
    ),
    (
        ServiceArea.PLANNED_WORKS,
        (
            r"(?:bathroom|kitchen|window|door|roof)s? (?:replacement|renewal|"
            r"upgrade)s?|planned(?: (?:works?|maintenance|investment|programmes?))?|"
            r"major works?|kitchens?(?: "
            r"(?:and|or) bathrooms?)?|bathrooms?|cladding|"
            r"(?:kitchen|window|door|roof|bathroom)s? (?:replacement|programme|renewal)s?|windows?|"
            r"retrofit|insulation|capital works?|refurb(?:ishment)?s?|"
            r"scaffold(?:ing)?|(?:bathroom|kitchen|window|door|roof) (?:replacement|"
            r"renewal)s?|adaptations?|aids and adaptations|rewir(?:e|es|ing)|decants?|"
            r"improvement works?|stock investment"
        ),
    ),
    (
        ServiceArea.HOMELESSNESS,
        (
            r"homeless(?:ness)?|temporary accommodation|temp accommodation|hostels?|rough "
            r"sleep(?:ers?|ing)|housing options|emergency accommodation"
        ),
    ),
    (
        ServiceArea.ALLOCATIONS,
        (
            r"allocations?|lettings?|transfers?|banding|bands?|bidding|bids?|mutual exchanges?|home "
            r"?|swaps?|(?:mutual )?exchanges?|"
            r"waiting list|housing (?:register|list|applications?)|rehousing|re ?housing|nominations?|"
            r"home ?choice|choice based lettings?|downsizing|succession lettings?"
        ),
    ),
    (
        ServiceArea.ASB_NEIGHBOURS,
        (
            r"asb|anti ?social(?: behaviou?r)?|neighbou?rs?(?: (?:disputes?|nuisance|noise))?|"
            r"noisy?(?: (?:nuisance|neighbours?))?|nuisance|noise|harassment|hate crimes?|"
            r"domestic abuse|drug dealing|dog barking|barking dogs?|dogs?"
        ),
    ),
    (
        ServiceArea.TENANCY_RENT,
        (
            r"rents?(?: (?:arrears|accounts?|increases?|rises?))?|tenanc(?:y|ies)(?: management)?|"
            r"income(?: (?:management|collection|recovery))?|arrears|succession|"
            r"evictions?|garages?|universal credit|housing benefit|direct debits?|rent and tenancy"
        ),
    ),
    (
        ServiceArea.ESTATE_SERVICES,
        (
            r"estates?(?: (?:services?|management))?|cleaning|cleaners?|grounds?(?: maintenance)?|"
            r"parking|car parks?|lifts?|bins?|bin stores?|caretak(?:ers?|ing)|"
            r"communal(?: (?:areas?|cleaning|repairs|lighting))?|grass(?: cutting)?|gardening|"
            r"gardens?|rubbish|refuse|fly ?tipping|trees?|play ?(?:areas?|grounds?)|"
            r"street lights?|environmental services|concierge|door ?entry|rats?"
        ),
    ),
    (
        ServiceArea.STAFF_COMMUNICATION,
        (
            r"(?:about |for |re |on )?staff (?:conduct|attitudes?|behaviou?r|"
            r"communications?|rudeness|complaints?|issues?|and "
            r"communications?)|(?:about|against|for|regarding|re|on|to do with) (?:our |the |rude "
            r")?staff|"
            r"rude(?:ness)?(?: staff)?|staff being rude|staff(?= (?:cases|ones|team|overdue))|"
            r"communications?|(?:poor |bad )?comms|(?:call ?back|callback)s?|"
            r"officer conduct|conduct(?: of staff)?|attitude of staff|lack of (?:contact|communication)|staff$"
        ),
    ),
    (
        ServiceArea.REPAIRS,
        (
            r"repairs?(?: and maintenance)?|maintenance|leaks?|leaking|plumbing|plumbers?|electrics?|"
            r"electrical|roof(?:s|ing)?|gutters?|guttering|drains?|"
            r"responsive repairs?|property services?|doors?|fences?|fencing|pests?|mice|fire safety|"
            r"disrepair|joinery|carpentry|trades"
        ),
    ),
    (ServiceArea.OTHER, r"other (?:areas?|services?|service areas?)"),
)
"""How each service area is said; the corpus's own lists decide what belongs where."""

LABELS: tuple[tuple[Label, str], ...] = (
    (Label.SERVICE_REQUEST, r"service requests?|requests?(?: for service)?"),
    (
        Label.SURVEY_FEEDBACK,
        (
            r"(?:satisfaction )?surveys?(?: (?:answers?|feedback|responses?|replies|comments|"
            r"returns))?|feedback(?: forms?)?"
        ),
    ),
    (Label.COMPLAINT, r"complaints?|complain(?:s|ed|ing)?"),
    (
        Label.OTHER,
        (
            r"others|(?:general )?(?:enquir|inquir)(?:y|ies)|(?:labelled|marked|classed|logged|put "
            r"down|down|classified) (?:as )?other|"
            r"(?:the )?other (?:ones|messages|mail|category|label|type)|other(?= (?:cases|this|last|"
            r"have|did|today))|"
            r"compliments?|thank yous"
        ),
    ),
)

ACTS = (
    r"close|delete|remove|send|forward|pass|erase|destroy|"
    r"wipe|drop|assign|re ?assign|re ?allocate|allocate|"
    r"acknowledge|extend|escalate|e ?mail|write|reply|"
    r"respond|answer|call|ring|phone|text|contact|apologise|log|raise|create|open a|open up a|"
    r"start a|add|put|mark|set|change|edit|amend|"
    r"reclassify|re ?label|relabel|label|resolve|cancel|withdraw|merge|split|link|unlink|re ?open|"
    r"approve|authorise|pay|refund|award|book|"
    r"park|unpark|refuse|reject|decline|move|transfer|hand|complete|finish|confirm|define|record|"
    r"snooze|stop|pause|archive|bin|ignore|"
    r"unassign|take|make|draft|print|fix|order|arrange|schedule|inform|notify|tell|message|remind|"
    r"get rid of|sign off|turn|switch|update|"
    r"upload|attach|restart|reset|train|backdate|restrict|redact|anonymise|forget|undo|insert|"
    r"truncate|alter|sudo|rm|push|chase|compensate|offer"
)
"""Acts that a question cannot do. `tell me`, `put me through the list`, `update on` are taken out before."""

_VOCABULARY_TEXT = """
coming going getting should recently progress happening answer answered answering extending escalating officer handled
explain decided summary agreed offered action points someone somebody everyone nobody anyone needing calendar
investigator committed outstanding category received logged raised planned quarterly total totals colleague
maintenance grounds kitchens temporary neighbours behaviour investigate acknowledgements urgent hours
overdue breach breached breaching breaches deadline deadlines unassigned unallocated assigned assign handler
unacknowledged acknowledged acknowledge acknowledging acknowledgement acknowledgements acknowledgment awaiting
waiting definition definitions defined undefined defining extended extension extensions closed resolved finished
completed parked quarantined review reviewing unconfirmed unsure confirmed confirm hazard hazards emergency
emergencies awaab awaabs chased chaser chasers chasing escalated escalation escalations escalate outstanding
ongoing active current upcoming expiring expires complaint complaints service request requests survey surveys
feedback enquiry enquiries repairs repair maintenance heating boiler boilers radiator condensation damp mould
mold planned kitchens kitchen bathroom bathrooms windows cladding adaptations allocations allocation lettings
transfer transfers banding asb antisocial neighbour neighbours neighbor nuisance noise harassment tenancy
tenancies rent arrears income estate estates cleaning caretaker grounds parking lifts communal rubbish staff
conduct communication communications attitude leasehold leaseholder leaseholders charge charges homeless
homelessness accommodation works major today tomorrow yesterday week weeks month months quarter fortnight friday
monday tuesday wednesday thursday days working status update updates happening history timeline chronology
promised promise promises committed commitments actions remedies remedy compensation response responses respond
reply timescale timescales stage which please anything everything something cases number count total latest
progress explain reason reasons classified labelled outcomes resident residents dealing handling looking owner
officer investigating previous january february march april june july august september october november december
received logged show what when where there have many much with open list help team this next last due mine from
been complain
"""
VOCABULARY = frozenset(_VOCABULARY_TEXT.split())
"""The words that a slip is mended to."""

_OWN_WORDS_TEXT = """
writing nothing hour agree agrees viewing committee leaving learning college reached reaches recent recently provided
provides bleach netting planted planed landline conversation dining proposed breathing breathe breath banging adaptation
rained teaching wording benches heading cakes adding attending previously assisted packing sage pitches coping confined
investigation investigations prompted fortnightly levelled draining paddling wetting profiled cleansing completely
location breaking mediator incoming resent exciting fittings shouldn theyre stag residing sauce rested tested wasted
hearing hearings seating beating eating meeting meetings closet closes closely openly reviewer reviewed revised
request requested requires required planner planned planet planning plans charger changes changed change
estimate estimates state states stated station statue statute noisy nose voice rental rented tent sent spent
went bent cent moult would could should world mound gold cold told sold hold bold mild wild lump lamp camp ramp
dame dump stamp parker marked packed barked parks park parade hazel border orders older owned owner ownership
manor minor money monthly weekly weekday weekdays weekend weekends daily weak weeds seek seeks meek week's
stages staged stair stairs staffed stuff stiff chase chases chanted phased erased based cased case released
leased leases lease pleased pleases closing closer clothed clothes clocked clock clocks closure loses losing
lost lose chosen response responsible responsive despond count county country counter counts court courts amount
mount total totally latter later latest lately lasted listed listen listing listings lists tired teams teamed
steam term terms lead leads heating heater heaters hating heated hearting boiled broiler boils receive receiver
deceived reserved tenants tenant tenancies tending tends rest rents rant rend vent lent lifts lift lifted gifts
shifts life list leaflet leaflets leaked leaking looking booking cooking locking lacking leading loading reading
working walking woking worked worker workers words works stating starting started start status statues dealing
healing dialing feeling reeling sealing stealing dealings handling handing handled hanging promised premises
premise promoted promotes compromise reason season treason seasons lessons rooms booms bath baths bathroom
neighbourhood neighbourhoods communal community communities commune community's income incomes outcome outcomes
becomes update updated uploads upload uploaded date dates dated dating gates rates rate pardon garden gardens
harden burden serve served serves services serviced surveyor surveyors surveyed servant conductor conducted
contact contacts contract contracts contractor contractors product attitudes altitude aptitude number members
member remember slumber lumber timber numbers there their here where were three these those them then than that
this thin thing things think thank thanks been bean seen keen need needs feed seed deed from form forms farm
firm foam with wish width wit which witch white while whole show shot shop shoe shows slow snow how whom what
want wait waits have gave save hate cave half haven many mary mane main mine mind line wine fine nine mile much
such munch march match matched month mouth moth mouths months last fast past east cast next text nest best neat
team tear tea meat read dear open opens oven pens help held heap kelp sell dues due cues dual duel blue true
most must more move home house housing houses husband office offices officers official please reply replay relay
apply supply rely replied replies applied actions action auction fraction caption auctions option options motion
motions notion portion nation national position positions condition conditions conditional tradition edition
addition additional definitely definite defined refined refine refund refunded defect defects defend defended
defence extend extent extends extender attended intended expended expected excepted accepted expensive extensive
tension pension pensions intention attention mention mentioned tensions escape escaped estranged elevated
evaluated calculated located isolated emergence urgent urgency agency agencies merge merged resident residents
residence residential president residency resign resigned design designed people person persons perhaps process
progress program programme profess press latex late gate mate lake quarter quarters quart quantity explain
explains explained exclaim complain complaints complainant complainants complaint explore explored expires
expire expired inspired retired hired cleaning clearing cleanings leaning meaning clean cleaned cleaner cleaners
clear cleared charge charges charged chargeable large larger work word worst worse major mayor lettings letting
letters letter setting settings sitting getting betting banding bonding bending landing standing transfer
transferred transferring transform panned canned kitchen kitten kitchens windows window widows widow grounds
ground rounds sounds pounds bounds closed close chose rose hose dose history mystery logged lodged lodger lagged
longer dogged jogged monday sunday holiday holidays stage storage previous precious awake award aware awards
"""
OWN_WORDS = frozenset(_OWN_WORDS_TEXT.split())
"""Words of their own that look like slips of the vocabulary: never changed."""

_GLUE_TEXT = """
agreed assigned allocated given belonging belong belongs owned managed managing carrying juggling
handler handlers owner owners minute minutes present rn atm currently sec second seconds tick idea bother bothering
letter letters sent sending message messages email emails mail
mails query queries issue issues flagged flag flags marked
decision decisions waiting sat stuck floating hanging lying
knocking left around outstanding there'll showing shows shown
found concerning involving including connected linked associated keep keeps keeping needs note noted aware anymore
formal informal written official whose reporting reported totals breakdown split owing got's they've shall shan't ours
a about across actually after again ago all along already also alright altogether am among an and another any
anybody anyone anything anyway are around as ask asked asking at away back basically be because been before
being both but by bye can case cases check checking cheers chance come comes could cracking currently cuppa day
days did do does doing done down each either else end enough entire especially ever every everybody everyone
everything ey exactly fancy far few file files find first folks for from full further fyi gang gently get gets
getting give given go goes going gone good got guys had handle handles hand happen happens has have having hello
help here hey hi hiya hmm how however i if in including info information into is it item items its job jobs just
keep kind know lad lads latest let letting like list listed listing little ll look looking looks lot lots love
luv ma make many matter matters maybe me mean mind mine moment more morning most much my myself name named near
need needed needing needs new now number numbers o of off ok okay old on once one ones only or other others our
out over overview own particular per perhaps please pls plz plse possible possibly pop pull put quick quickly
quite rather re read really record records related regarding relating remaining report right round run s same
saw say says see seems seen send set several shall she should show side since so some somebody someone something
soon sort specifically still stuff such sure system t ta table tables take tell terms than thank thanks that the
their them then there these they thing things think this those though through till time times to together too
top total totally type types um under until up update upon us use used using various ve very via view wait
waiting want wanted wants was way we well went were what whatever when where whether which while whichever who
whole whos why will with within without wonder wondering work working would yeah yep yes yet you your afternoon
evening mate team teams chaps friend pal hun boss dear sorry ah oh er erm hows im ive bit pretty proper putright
bot robot kindly appreciated appreciate advance btw asap urgently urgent ticket tickets piece pieces log logs
folder landlord people person anyhow roughly approx exact sitting sat left remain remains actively formally
officially properly presently nice great lovely brilliant perfect super obliged he him her his hers bring brings
summary summarise breakdown lists queue pile pot desk plate tray inbox caseload workload names today's
tomorrow's live bad worst oldest newest next soonest whats might may must mention meeting agenda standup board
meant briefing prep catch catching catchup touch base point month week year long always happy folk hear heard
idea ready not no none never don't n't isn't any's date dates dealt deal deals dealing handling handled worked
worry worrying worried happened happening situation position state states status news word score story thx tx ty
tanks kr regards bw xx x xxx k pm sir madam miss big small high low priority important real actual area areas
service services department departments dept patch patches resident residents tenant tenants customer customers
household
"""
GLUE = frozenset(_GLUE_TEXT.split())
"""Words that carry no meaning of their own in a question."""

PREAMBLE = re.compile(
    r"\b(?:(?:can|could|would|will|please|might|may|shall) (?:you|u|i|we|someone|somebody|"
    r"anyone)(?: please| just| quickly| kindly| possibly| maybe)* "
    r"(?:tell|show|give|send|get|let|list|pull|check|find|have|see|look|know|bring|remind|help|"
    r"run|ask|confirm|remember|mind|grab|fetch|point|talk|walk|put|do)"
    r"(?: (?:me|us|up|out|through|into|over|in|at|to|with|know|together|a|the|quick|list|look|"
    r"check|see|have|get))*|"
    r"(?:tell|show|give|send|get|let|remind|help|find|bring|fetch|run|talk|walk|take|update|grab|"
    r"shoot|ping|pass|print|hand) (?:me|us)(?: (?:know|see|have|on|up|out|through|with|of))*|"
    r"(?:i|we)(?: (?:just|really|only|quickly|also|was|am|are|were|do|would|will|have|had|got|"
    r"ve))* (?:need|want|wanted|like|love|wonder|wondering|trying|after|looking|hoping|got|going|"
    r"asking)"
    r"(?: (?:to|for|an?|the|a list of|list))* (?:know|see|check|find(?: out)?|have|get|look at|"
    r"ask|understand|work out|list|if|whether|understand)(?: (?:if|whether|that|what))?|"
    r"(?:i|we)(?: (?:just|really|only|quickly|am|was|would|do))* (?:wondering|after|looking for)|"
    r"do (?:i|we|you) know|any (?:idea|chance|clue)(?: (?:of|you|could|can|on))*|"
    r"(?:i |just )?(?:hope|trust) (?:you|all|this|u|everyone|that)(?: (?:you|all|u|is|"
    r"are|this|well|good|finds|ok|had|a))*|(?:before|"
    r"for) (?:my|our|the) [\w' ]{0,20}?(?:meeting|call|catch ?up|stand ?up|one to one|1 to 1|121|"
    r"board|report|briefing|huddle|review meeting|1 2 1)"
    r"(?: (?:at|this|on|today|tomorrow|later)(?: \d+| am| pm| morning| afternoon)*)?|in (?:my|"
    r"your|our) (?:head|opinion)|"
    r"i (?:can not|do not) (?:remember|find|see|think|know)(?: (?:who|what|where|if))?|if (?:i|"
    r"you|u) (?:may|can|could|do not mind|would not mind|get a chance|have a sec)|"
    r"i mean|as far as i (?:know|can tell)|to be honest|my (?:manager|boss|lead|head of service|"
    r"director)(?: (?:is|has|wants|asking|asked|needs))*(?: (?:to know|for|after))?|sorry to "
    r"(?:bother|ask)(?: (?:you|again))?)\b"
)
"""How people begin before they ask."""

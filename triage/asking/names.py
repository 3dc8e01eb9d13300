"""First names as staff type them, in small letters too: so that `whats sam got` asks about Sam.

A name that is not here is still found where only a name can stand (`for Xiomara`, `Xiomara's`), and so is everybody
who has a case.
"""

_FIRST_NAMES_TEXT = """
aaron abbie abby abdul abi abigail adam adele adrian agnes ahmed aidan aisha ajay akua alan alana alastair
albert alex alexander alexandra alfie ali alice alicia alina alison alistair allan alma amanda amara amelia
amina amir amit amy ana anders andre andrea andrew andy angela angie anika anil anita ann anna anne annette
annie anthea anthony antonia antonio anya archie arjun arthur arun asha ashley asif audrey austin ava ayesha
aziz barbara barry beatrice becca becky bella ben benjamin bernadette bernard bernie beth bethany betty bev
beverley bianca bilal billy bina bob bobby bogdan brad bradley brenda brendan brian bridget bruce bryony callum
cameron camilla cara carl carla carly carmen carol carole caroline carolyn carrie cath catherine cathy cecilia
celia ceri chantal charlene charles charley charlie charlotte chanel chelsea cheryl chidi chioma chloe chris
chrissie christian christina christine christopher ciara cindy claire clara clare claudia clive colette colin
colleen connie connor conor courtney craig curtis cynthia daisy damian damien dan dana daniel daniela danielle
danny daphne darren dave david davina debbie deborah debs dee deepa deepak deirdre delia delroy denise dennis
derek desmond dev devon di diana diane dimitri dipak dom dominic don donald donna doreen doris dorota dorothy
doug duncan ebony ed eddie edith edward edwin eileen elaine eleanor elena eleri elise eliza elizabeth ella ellen
ellie elliot elsie emeka emily emma emmanuel eric erica erin esme esther ethan eugene eva evan eve evelyn ewa
ewan faisal farah farhan fatima fay faye felicity felix femi fernando finlay fiona flo florence folake fran
frances francis francesca frankie fred freda freddie freya gabriel gabriella gail gareth garry gary gavin gaynor
gemma geoff george georgia georgie georgina gerald geraldine gerry gillian gill gina gita gladys glen glenda
glenn glenys gordon graham greg gregory greta gurpreet guy gwen habib hadiya haleema hamza hana hanif hannah
hari harjit harminder harpreet harriet harry harvey hasan hassan hayley hazel heather heidi helen helena henry
hilary holly howard hugh hugo hussain iain ian ibrahim ida idris ifeoma iman imogen imran indira ines ingrid
irene iris isaac isabel isabella isla ismail ivan ivana jacek jack jackie jacob jacqueline jacqui jade jake
jakub jamal james jamie jan jane janet janice janine jas jasmin jasmine jason jasper jaspreet javed jay jaya
jean jeanette jeff jeffrey jen jenna jennie jennifer jenny jeremy jerome jerry jess jesse jessica jessie jill
jim jimmy jo joan joanna joanne jodie joe joel joey john johnny jon jonathan jordan jose joseph josephine josh
joshua josie joyce juan juanita judith judy jules julia julian julie juliet justin justine kabir kadija kamal
kamran karen karim karl karolina kasia kate katerina kath katherine kathleen kathryn kathy katie katrina katy
kavita kay kayla keeley keiran keith kelly kelvin ken kenneth kenny keri kerry kevin khadija khalid kieran kim
kimberley kiran kirsten kirsty kofi kris krishna krystyna kuba kwame kyle kylie lana lara latoya laura lauren
laurence layla leah leanne lee leigh lena lenny leo leon leona leroy lesley leslie lewis liam lily linda lindsay
lindsey lisa liz lizzie lloyd lola loretta lorna lorraine lou louie louis louisa louise luca lucia lucy luis
luke lydia lyn lynda lynn lynne lynsey mabel maciej maddie madeleine magda maggie mahmood maisie malcolm malik
mandy manisha manjit marcia marco marcus margaret maria mariam marian marie marilyn marina mario marion marisa
marissa marjorie marlene martha martin martina martyn marvin mary maryam mateusz matilda matt matthew maud
maureen maurice maxine mehmet meera megan mel melanie melissa mercy meg mia michael michaela michal michele
michelle mick mike mikey mila milena millie milo mina miriam misbah mitchell mo moira molly mona monica monika
morag mohammed mohamed mohammad moses muhammad mustafa myra nadia nadine nafisa nancy naomi nasreen nasir
natalia natalie natasha nathan naveed neal neela neeta neil nell nelly nerys nia niamh nicholas nick nicky
nicola nicole nigel nikhil niki nikki nina nisha nita noah noel noor nora norma norman nuala obi ola olga oliver
olivia olu omar oscar osman otto owen paddy paige pam pamela parveen pascale patience patricia patrick patrycja
patsy paul paula pauline pavel pearl peggy percy perry pete peter petra phil philip philippa phillip phoebe
phyllis pip piotr pippa pooja poppy preeti prisca priscilla priya quentin rachael rachel raj raja rajesh
rajinder ralph ramona raquel rashid ravi raymond reece rebecca reena reg reggie reginald rehana reuben rhian
rhiannon rhys ria richard rick ricky rita robbie robert roberta roberto rod roger rohan rohit roisin roland roma
ron ronald ronnie rory ros rosa rosalind rosanna roseanne rosemary rosie ross rowan roxanne roy ruby rukhsana
rupa rupert russell ruth ryan sabina sabrina sadia safiya saira sajid sal sally salma sam samantha samina samir
samira sammy samuel sandeep sandra sanjay sara sarah sasha saul scarlett scott sean seb sebastian seema selina
serena sergio seth shabnam shan shane shanice shannon sharon shaun shauna shazia sheena sheila shelley shereen
sheryl shirley shona shreya sian sid sidney siobhan simon simone sinead sofia sonal sonia sonya sophia sophie
sofie stacey stan stanley stef stella steph stephanie stephen steve steven stewart stuart subhash sue suki sukhi
sukhdev sunil sunita surinder susan susanna susie suzanne suzy svetlana sylvia tabitha taiwo tam tamara tamsin
tania tanya tara tariq tasha tatiana ted temi terence teresa teri terrence terri terry tess tessa thea thelma
theo theresa thomas tia tilly tim timothy tina toby tolu tom tomasz tommy toni tony tracey tracy trevor tricia
trish trisha tristan trudy tunde tyler tyrone una uma usha usman val valerie vanessa vera verity vernon veronica
vic vicki vicky victor victoria vijay vikram vince vincent viola violet virginia viv vivian vivien vivienne
wanda warren wayne wendy wesley wilfred william willy winston wojciech xavier yasmin yasmine yemi yolanda yusuf
yvette yvonne zach zachary zahra zainab zak zara zeeshan zoe zofia
"""
FIRST_NAMES = frozenset(_FIRST_NAMES_TEXT.split())
_NAMES_THAT_ARE_WORDS_TEXT = """
amber angel april art august autumn bill brook brooke bud buster carter chase christy clay cliff dale dawn dean
drew eve faith fern frank gene grace grant guy harmony heath hope hunter ivy jasmine joy june junior lance mark
max may melody mercy miles neil norm olive paige pat patience penny pierce poppy ray reed rich rob robin rocky
rose rusty sandy sky skye summer sunny terry tiger victor violet wade will willow woody
"""
NAMES_THAT_ARE_WORDS = frozenset(_NAMES_THAT_ARE_WORDS_TEXT.split())
"""First names that are ordinary words too: taken for a name only where a name must stand."""

"""Words that say the same in support mail, by root: a paraphrase may put one for another.

General English, each group written for no particular company; words whose exchange changes what
is promised (refund and credit, return and exchange) are kept apart.
"""

from assist.drafting.grounding.roots import listed, root

_GROUPS = """
buy purchase acquire bought | fee charge price cost costs rate | send ship dispatch mail post
shipped forward | parcel package box shipment | phone telephone mobile smartphone | call ring
phonecall | begin start commence launch | end finish expire cease over conclude terminate lapse
| customer client consumer | device unit appliance gadget hardware | article item product goods
merchandise | fix repair mend | broken faulty defective malfunctioning defect fault | problem
issue trouble difficulty | error fault failure | help assist aid support assistance | answer
reply respond response | write contact reach message email-us | choose select pick opt | press
push tap click hit | turn switch | remove delete erase wipe | show display appear see visible |
permit allow let enable | forbid prohibit disallow ban | need require necessary must | obtain
receive get | give provide supply offer hand | keep retain hold | save store record | big large
| small little | quick fast rapid swift | quickly fast soon promptly | immediately instantly
straightaway | wait hold-on | check verify inspect confirm examine | test try | join connect
link attach | cable cord wire lead | charger adapter | power electricity current | wall socket
outlet | cover lid cap | home house household | place location spot site position | put place
position | room area | person people individual anyone somebody someone | owner holder | team
staff colleague | agent adviser advisor representative | technician engineer | shop store
retailer | courier carrier | arrive reach come | deliver delivery | late delayed overdue | lose
lost missing | money sum amount | pay payment settle | bill invoice | cheap inexpensive | free
gratis | month monthly | year yearly annual annually | week weekly | day daily | hour hourly |
period time duration window term | date day | earlier before previously prior | later after
afterwards subsequently following | often frequently | again anew | too also additionally well
moreover | because since as therefore | however but though | if whether | whole entire full
complete total | part portion partial | half | double twice two | single one sole | more
additional extra further | maximum most highest limit | minimum least lowest | about around
approximately roughly nearly | exactly precisely | safe secure | safety security | password
passcode | sign log login | account profile | app application | software firmware program |
version edition release | update upgrade | setting option preference | screen display | light
lamp led indicator | blink flash | sound noise audio | picture image photo | video recording
clip footage | alarm alert warning | notification notice | note remark comment | letter document
| form | rule policy regulation | law legal statutory | right entitlement entitled eligible |
reason ground cause | result outcome | change alter modify amend adjust edit | move relocate
transfer shift | cancel revoke annul | withdraw withdrawal | refund repay reimburse
reimbursement | replace replacement substitute | return | approve approval authorize consent
agree | decide decision | ask request demand apply application | tell inform notify let-know |
say state mention | mean signify stand | know aware | find discover locate | look view | watch
monitor | use utilize employ operate | work function run operate | happen occur | stay remain |
become get | make create produce | build construct | open unlock | close shut | lock | enter
type input | fill complete | list | name title | number count | code | copy duplicate | original
initial first | new fresh brand-new | present current existing today | old previous former past
| next following upcoming | last final | different other another distinct | same identical equal
| correct right proper | wrong incorrect false | true | clear obvious evident | easy simple |
hard difficult | possible feasible | certain sure | hot overheated | heat warmth | cold cool
chilly | water moisture | dry | damage harm hurt | danger hazard risk | fire burn | smoke | leak
drip | battery cell | charge recharge | full | empty | gift present | voucher coupon | discount
reduction | offer promotion deal | sale | country nation | region | abroad overseas | company
business firm organization | private personal | public | data information details | proof
evidence | record log | report | complaint | question query enquiry inquiry | case ticket | step
stage | order sequence | instruction guide manual direction | wish want like | glad happy |
sorry regret | please kindly | maybe perhaps | per each every | cease stop halt | continue
proceed carry-on | collect pick-up gather fetch | bring take carry | clean wipe wash | mount
install fit | attach fasten fix | pull remove detach | near close next beside | far distant |
inside within indoors | outside outdoors | above over | below under beneath | left | middle
center centre | top | bottom base foot | side | front | back rear | corner | grownup adult |
child kid | man | woman | doctor physician | car vehicle automobile | film movie | job
occupation | famous well-known renowned | popular common widespread | various several many
numerous multiple | important significant key | kind type sort variety | way method manner means
| style genre | include contain comprise consist | locate situate base | call name know | found
establish create | win | live reside | grow | cause lead | american usa us | british uk
"""
_SPLIT = frozenset(
    listed(
        "text number order lead us record charge fix get "
        "present like close over application state base run"
    )
)
"""Words of two meanings: met only as they stand."""
SYNONYMS: dict[str, str] = {}
for _group in _GROUPS.replace("\n", " ").split("|"):
    _free = [
        r
        for w in _group.split()
        if w not in _SPLIT and "-" not in w and (r := root(w)) not in SYNONYMS
    ]
    SYNONYMS |= dict.fromkeys(_free, _free[0]) if _free else {}

"""English words whose exchange changes, or keeps, what a sentence says: for comparing a sentence with its quotes.

Groups of words that mean the same, pairs that mean the opposite, and words that say nothing of their
own in a report about a report. General vocabulary of meetings, plans and figures; a field's own words
come from the glossary. Knows nothing of drafts and quotes.

>>> stem_of("lost") in OPPOSITES[stem_of("win")], stem_of("adopt") in SAME[stem_of("approve")]
(True, True)
"""

from __future__ import annotations

from itertools import product

from index.terms import terms

__all__ = ["NEUTRAL", "OPPOSITES", "SAME", "SENSES", "stem_of"]

# One group a line. Only words that can stand for each other in a report; "_" stands for a space.
_SAME = """
attend participate present part join
chair preside lead head
approve adopt pass endorse accept agree
reject refuse decline turned_down dismiss
reach attain achieve hit meet
amount total come equal stand account make represent
begin start open launch commence kick
end close finish conclude complete finalise finalize
rise increase grow climb gain expand raise growth jump up
fall decrease drop decline reduce shrink cut lower down reduction
obtain get receive win
hold held have own possess keep retain
available offer accessible
draw drew attract
impose receive levy
ask request demand call urge seek appeal_to require required
propose suggest recommend proposal
plan intend aim want seek wish aspire plans
say state note point report explain add stress emphasise emphasize mention remark tell declare observe
acknowledge recognise recognize appreciate
praise commend welcome applaud
cause reason blame attribute due owing because result lead
vacant unfilled empty open
pay contribute fund finance cover
buy purchase acquire sign
sell sale
build construct erect
help support assist aid
need require must necessary have
use apply utilise utilize usage employ
show indicate demonstrate reveal display
include contain comprise cover hold
issue publish release announce
provide offer supply deliver
repair fix mend renovate restore
replace substitute exchange
remain stay continue still
person people inhabitant citizen resident
child pupil student
worker employee staff personnel
firm company business enterprise
town city municipality
country nation nationwide national nationally countrywide
rule regulation
law act legislation
document dossier record file
money fund funding
income revenue turnover takings bring brought proceeds
cost expense expenditure spending price
debt liability
meeting session conference sitting
call telephone phone ring contact
reply answer respond response
rest remainder remaining left
year annual yearly annum
month monthly
day daily
week weekly
average mean
quarter quarterly
share proportion percentage rate ratio part
place position rank ranking ranked
goal target objective aim
number figure
exceed surpass above beyond over
find determine discover establish
provide_that condition
euro eur
currently now today present
grant allow award approve permit
smaller below under less
larger above over bigger
above_all especially particularly mainly
postpone delay put_off defer
put_off postpone
ban forbid prohibit
cancel call_off
inhabitant resident
quick fast rapid
slow gradual
large big great
small little minor
important key major
ill sick
describe call
chosen elected choose elect
appoint name nominate
damage harm
visitor guest
attract draw
lend loan
return come back
repay pay
decide resolve agree settle
speak talk
learn hear
teach train
collect gather raise
lay put place set
supply provide give
order instruct task
assign give task
clarify explain
evaluate assess judge review
examine check inspect test
improve better
worsen deteriorate
cooperate collaborate work
connect link join
coverage wave network
serve provide offer
eat consume
throw discard waste
satisfied happy content
happen occur take_place
wait queue
carry transport
ask query
new additional further extra more
roughly about approximately around
condition provided
compare comparison compared versus
previous earlier before year
attribute blame put
favour favor support back
participant member
handle carry process deal
operate run work
harm damage
dead kill die
complain complaint
caused due
set fix
cancel scrap drop
decide decision
"""
# Forms of one verb that have no stem in common.
_FORMS = """
go goes went gone
see saw seen
take took taken
come came
begin began begun
write wrote written
speak spoke spoken
choose chose chosen
break broke broken
drive drove driven
grow grew grown
know knew known
fall fell fallen
rise rose risen
run ran
sell sold sale
buy bought
bring brought
think thought
teach taught
build built
send sent
spend spent
lend lent loan
lose lost loss
leave left
meet met meeting
pay paid
say said
tell told
find found
win won
hold held
keep kept
feel felt
lead led
make made
stand stood
become became
get got
give gave given
drink drank drunk
eat ate eaten
sing sang sung
throw threw thrown
draw drew drawn
do did done
wear wore worn
lie lay lain
light lit
seek sought
catch caught
fight fought
shrink shrank shrunk
strike struck
swear swore sworn
withdraw withdrew withdrawn
forbid forbade forbidden
shut close
man men
woman women
child children
person people
"""
_OPPOSITES = """
win won victory|lose lost loss defeat
open|close
include|exclude
buy|sell
lend|borrow
accelerate|slow
begin start launch|end stop cease finish
present|absent
allow permit authorise authorize|ban forbid prohibit
early|late
first|last
maximum most highest largest biggest best|minimum least lowest smallest worst
promote|relegate demote
convict guilty|acquit clear innocent
appoint hire|resign fire
import|export
public|private
profit surplus|loss deficit
join|leave
stay remain|leave move
inside within|outside
northern north|southern south
eastern east|western west
true correct right|false wrong incorrect
safe|dangerous unsafe
easy|difficult hard
rich|poor
old|new young
urban|rural
man men male boy|woman women female girl
internal|external
gain|lose
publish|withhold
temporary|permanent
majority|minority
keep retain|abolish scrap abandon
full|empty partial
"""
_NEUTRAL = """
according report reported record recorded source sources document article meeting session text transcript state stated
note noted mention mentioned also well year years figure figures total overall amount amounted came stand stood
reach reached account accounted number rate level share respectively currently now so far there specifically
particularly namely including such regard regarding term terms case part time period date addition additionally further
moreover however while whereas despite although though meanwhile thus therefore hence overall been being yet once still
already only just says said tell told one ones people both own about compared comparison corresponding equivalent
current unit take taken took make made place against instead rather nearly almost conference
next session event gathering assembly across among within per via must itself himself themselves
"""
# What these say is compared clause by clause (see draft_senses), not as words.
_SENSES = """
plan planned planning intend intended aim aiming expect expected due able possible possibly estimated estimate rise rose
risen rising increase increased increasing grow grew grown growth climbed fall fell fallen falling decrease decreased
drop dropped decline declined reduce reduced reduction lower lowered higher fewer raise raised earlier previous
previously ago
later former before fully full entirely starting today
current currently only whole entire entirely every all majority most
"""


def stem_of(word: str) -> str:
    """The stem of one word, as `index.terms` has it; "" for none."""
    found = terms(word.replace("_", " "), keep_stop_words=True)
    return found[0].stem if found else ""


def _stems(words: str) -> list[str]:
    return [stem_of(word) for word in words.split()]


def _groups() -> dict[str, frozenset[str]]:
    """Each stem with all that mean the same in one of its groups."""
    same: dict[str, set[str]] = {}
    for line in filter(None, f"{_SAME}{_FORMS}".splitlines()):
        group = _stems(line)
        for stem in group:
            same.setdefault(stem, set()).update(group)
    return {stem: frozenset(group) for stem, group in same.items()}


def _opposites() -> dict[str, frozenset[str]]:
    opposite: dict[str, set[str]] = {}
    for line in filter(None, _OPPOSITES.strip().splitlines()):
        left, right = (_stems(side) for side in line.split("|"))
        for one, other in product(left, right):
            opposite.setdefault(one, set()).add(other)
            opposite.setdefault(other, set()).add(one)
    return {stem: frozenset(others) for stem, others in opposite.items()}


SAME = _groups()
OPPOSITES = _opposites()
NEUTRAL = frozenset(_stems(_NEUTRAL))
SENSES = frozenset(_stems(_SENSES))

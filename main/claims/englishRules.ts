/** The English patterns, by what they say. Pure. */
import type { Rule } from './pattern.ts';
import { cleanValue, dateOf, nameOf, placeOf, plain, tastes, things } from './values.ts';

const job = '(?:a|an|the|my|their|his|her)? ?(?:new |first |old )?(?:job|position|role|post|work|gig)';
const org = (raw: string): string[] => {
  const value = cleanValue(raw, 5);
  return value === null || !/^(?:the |a |an |my )?(?:\p{Lu}|\d)|\b(?:hospital|school|university|bank|company|startup|start-up|bakery|restaurant|shop|library|museum|hotel|airline|agency|office|factory|clinic|lab|laboratory|café|cafe|firm|studio|nursery|supermarket|farm|garage|council|college|ministry|church)\b/u.test(value) || /^(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|^(?:January|February|March|April|May|June|July|August|September|October|November|December)/u.test(value)
    ? []
    : [value];
};
const role = (raw: string): string[] => {
  const value = cleanValue(raw.replace(/^(?:an?|the) /iu, ''), 5);
  return value === null || /^(?:if|though|usual|well|expected|hard|planned|a result|it|you|part of|much|long|soon|far|team|one)\b/iu.test(value) ? [] : [value];
};
const professions =
  '(?:[\\p{L}-]+ ){0,2}?(?:nurse|doctor|physician|surgeon|dentist|vet|teacher|lecturer|professor|engineer|developer|programmer|designer|architect|lawyer|solicitor|barrister|judge|accountant|plumber|electrician|carpenter|mechanic|baker|chef|cook|waiter|waitress|barista|bartender|butcher|farmer|gardener|florist|hairdresser|barber|tailor|driver|pilot|flight attendant|sailor|fisherman|firefighter|fireman|policeman|policewoman|police officer|soldier|guard|postman|librarian|journalist|writer|author|editor|translator|interpreter|photographer|painter|sculptor|musician|singer|actor|actress|dancer|film-?maker|director|producer|manager|consultant|analyst|economist|scientist|researcher|biologist|chemist|physicist|mathematician|statistician|geologist|psychologist|psychiatrist|therapist|physiotherapist|midwife|paramedic|pharmacist|optician|radiologist|cardiologist|social worker|carer|nanny|childminder|secretary|receptionist|salesman|saleswoman|salesperson|cashier|shopkeeper|estate agent|banker|civil servant|politician|diplomat|priest|pastor|student|apprentice|trainee|intern|freelancer|welder|bricklayer|roofer|cleaner|caretaker|tour guide|travel agent|data scientist|stay-at-home (?:mum|mom|dad|parent))';
const conditions =
  '(?:(?:type (?:1|2|one|two) |chronic |severe |mild |high |low )*(?:diabetes|asthma|epilepsy|arthritis|eczema|psoriasis|migraines?|hay fever|adhd|add|autism|dyslexia|dyscalculia|depression|anxiety|bipolar disorder|ptsd|ocd|insomnia|sleep apnoea|sleep apnea|high blood pressure|low blood pressure|blood pressure|hypertension|anaemia|anemia|coeliac disease|celiac disease|crohn\'s(?: disease)?|ibs|endometriosis|pcos|tinnitus|vertigo|scoliosis|cancer|multiple sclerosis|ms|parkinson\'s|lupus|gout|glaucoma|osteoporosis|fibromyalgia|hypothyroidism|hyperthyroidism|a pacemaker|a heart condition|tendonitis|sciatica))';
const medicine =
  '(?:(?:\\p{L}+ ?){0,2}?(?:metformin|ibuprofen|aspirin|paracetamol|insulin|warfarin|prednisone|prednisolone|levothyroxine|thyroxine|lithium|melatonin|omega[- ]3|vitamin \\p{L}\\d*|iron tablets|antidepressants?|antihistamines?|antibiotics|beta[- ]blockers?|blood thinners?|statins?|birth control|the pill|painkillers|supplements|magnesium|zinc|ritalin|xanax|prozac|zoloft|ventolin|ozempic|\\p{L}{3,}(?:pril|olol|sartan|statin|azole|dipine|oxetine|triptyline|cillin|mycin|gabalin|pentin|formin|gliptin|xaban|thiazide|semide|setron|zepam|zolam))(?: ?\\d+ ?(?:mg|mcg|ml|µg))?|\\p{L}+ \\d+ ?(?:mg|mcg|µg))';
const languages =
  '(?:English|German|French|Spanish|Portuguese|Italian|Dutch|Flemish|Danish|Swedish|Norwegian|Finnish|Icelandic|Polish|Czech|Slovak|Hungarian|Romanian|Bulgarian|Greek|Turkish|Russian|Ukrainian|Serbian|Croatian|Albanian|Hebrew|Yiddish|Arabic|Persian|Farsi|Urdu|Hindi|Bengali|Punjabi|Tamil|Chinese|Mandarin|Cantonese|Japanese|Korean|Thai|Vietnamese|Tagalog|Indonesian|Malay|Swahili|Welsh|Irish|Gaelic|Catalan|Basque|Galician|Latin|Esperanto|Lithuanian|Latvian|Estonian|Slovenian|Afrikaans|BSL|ASL|sign language)';
const nationalities =
  '(?:half )?(?:American|British|English|Scottish|Welsh|Irish|German|French|Spanish|Portuguese|Italian|Dutch|Belgian|Swiss|Austrian|Danish|Swedish|Norwegian|Finnish|Icelandic|Polish|Czech|Slovak|Hungarian|Romanian|Bulgarian|Greek|Turkish|Russian|Ukrainian|Serbian|Croatian|Albanian|Israeli|Indian|Pakistani|Chinese|Japanese|Korean|Thai|Vietnamese|Filipino|Indonesian|Australian|Canadian|Mexican|Brazilian|Argentinian|Chilean|Colombian|Peruvian|Cuban|Nigerian|Kenyan|Ethiopian|Egyptian|Moroccan|Iranian|Iraqi|Syrian|Lebanese)';
const instruments =
  '(?:piano|guitar|bass(?: guitar)?|violin|viola|cello|double bass|drums|flute|clarinet|oboe|saxophone|trumpet|trombone|horn|harp|accordion|ukulele|banjo|mandolin|organ|keyboards?|recorder|harmonica|bagpipes|lute|sitar|football|soccer|tennis|table tennis|badminton|squash|basketball|volleyball|handball|rugby|hockey|cricket|golf|chess|bridge|poker|go|darts|baseball|padel|water polo)';
const owned =
  '(?:\\p{L}[\\p{L}\\d-]* ){0,3}?(?:dogs?|pupp(?:y|ies)|cats?|kittens?|horses?|pon(?:y|ies)|rabbits?|hamsters?|guinea pigs?|parrots?|budgies?|goldfish|tortoises?|turtles?|snakes?|chickens|hens|goats?|sheep|bees|car|van|truck|camper(?:van)?|motorbike|motorcycle|scooter|bikes?|bicycles?|e-bike|boat|sailboat|kayak|canoe|house|flat|apartment|cottage|cabin|garden|allotment|greenhouse|piano|guitars?|violin|cello|drum kit|keyboard|laptop|computer|phone|smartphone|tablet|camera|tv|television|projector|printer|3d printer|drone|telescope|watch|smartwatch|tent|surfboard|sewing machine|espresso machine|coffee machine|bread maker|record player|kids?|child|children|sons?|daughters?|sisters?|brothers?|siblings|grandchild|grandchildren|grandson|granddaughter|twins|Volvo|Toyota|Tesla|Volkswagen|VW|Ford|Fiat|Renault|Peugeot|BMW|Audi|Honda|Mazda|Skoda|Seat|Kia|Hyundai|Nissan|iPhone|MacBook|ThinkPad|Pixel|Kindle|iPad)';

const one = { value: plain };
const many = { value: things };
const place = { value: placeOf };

/** The first that fits is taken. */
export const englishRules: readonly Rule[] = [
  { pattern: /^(?:live|lives|be living|be based) (?:right )?(?:near|by|beside|next to|close to|opposite|behind|across from) (?:the|an?|my|our) [^,.]+? in (?<value>.+)$/iu, slots: { value: 'home' }, read: place },
  { pattern: /^(?:live|lives|be living|be based|reside|resides) (?:over |out |up |down |back |together |alone |happily )*(?:in|near|outside) (?<value>.+)$/iu, slots: { value: 'home' }, read: place },
  { pattern: /^lived in (?<value>.+?),? (?:for|since) .+$/iu, slots: { value: 'home' }, read: place, denied: null },
  { pattern: /^(?:moved|relocated|be moved) (?:back |house |home |over |out |away |up |down |here )*(?:from (?<from>.+?) )?(?:in)?to (?<value>(?!a new |the new |our new |my new |bed\b|tears\b|another\b|someone\b).+)$/iu, slots: { value: 'home' }, read: place, change: true },
  { pattern: /^moved (?:away|out) (?:from|of) (?<value>.+)$/u, slots: { value: 'home' }, read: place, ended: true, onlyIfKnown: true },
  { pattern: /^left (?<value>\p{Lu}.+)$/u, slots: { value: ['home', 'employer'] }, read: place, ended: true, onlyIfKnown: true },
  { pattern: /^(?:be|comes?) (?:originally )?from (?<value>\p{Lu}.+)$/u, slots: { value: 'origin' }, read: place },
  { pattern: /^(?:was|were|be) born (?:and (?:raised|bred) )?in (?<value>\p{Lu}.+)$/u, slots: { value: 'birthplace' }, read: place, denied: null },
  { pattern: /^(?:was|were|be) born on (?:the )?(?<value>.+)$/iu, slots: { value: 'birthday' }, read: { value: dateOf }, denied: null },
  { pattern: /^(?:grew up|was raised|were raised) in (?<value>\p{Lu}.+|a .+)$/u, slots: { value: 'grew up in' }, read: place, denied: null },
  { pattern: /^(?:live|lives|be living) with (?<value>my .+|our .+)$/iu, slots: { value: 'lives with' }, read: { value: (raw) => plain(raw.replace(/^(?:my|our) /iu, '')) } },

  { pattern: /^(?:works?|be working|be employed) as (?<value>.+?)(?: (?:at|for) (?<org>.+))?$/iu, slots: { value: 'work', org: 'employer' }, read: { value: role, org } },
  { pattern: /^(?:works?|be working|be employed) (?:at|for|by) (?<value>.+)$/iu, slots: { value: 'employer' }, read: { value: org } },
  { pattern: /^(?:works?|be working) in (?<value>(?:\p{L}+ ){0,2}(?:finance|marketing|sales|it|tech|software|healthcare|health care|education|construction|retail|publishing|advertising|insurance|banking|logistics|tourism|hospitality|agriculture|research|hr|human resources|law|politics|film|television|music|fashion|real estate|social care|the civil service|government))$/iu, slots: { value: 'field' }, read: one },
  { pattern: new RegExp(`^(?:started|began) (?:${job} |working |work )?as (?<value>.+?)(?: (?:at|for|with) (?<org>.+))?$`, 'iu'), slots: { value: 'work', org: 'employer' }, read: { value: role, org }, change: true },
  { pattern: new RegExp(`^(?:started|began|got|accepted|took|landed|found) (?:${job} |working |work )?(?:at|for|with) (?<value>.+)$`, 'iu'), slots: { value: 'employer' }, read: { value: org }, change: true },
  { pattern: new RegExp(`^(?:got|accepted|took|landed|found) ${job} as (?<value>.+?)(?: (?:at|for|with) (?<org>.+))?$`, 'iu'), slots: { value: 'work', org: 'employer' }, read: { value: role, org }, change: true },
  { pattern: new RegExp(`^(?:quit|left|resigned from|lost|gave up|given up) (?:my|the|his|her|their) (?:job|position|role|post)(?: (?:at|with|for) (?<value>.+)| as (?<role>.+))$`, 'iu'), slots: { value: 'employer', role: 'work' }, read: { value: org, role }, ended: true },
  { pattern: /^(?:quit|left|resigned from|lost|gave up|given up) (?:my|the|his|her|their) (?:job|position)\b.*$/iu, slots: { work: 'work', employer: 'employer' }, fixed: '', ended: true, onlyIfKnown: true },
  { pattern: /^(?:quit|resigned from|was fired (?:from|by)|was laid off (?:from|by)) (?<value>.+)$/iu, slots: { value: 'employer' }, read: { value: org }, ended: true, onlyIfKnown: true },
  { pattern: /^(?:be retired|retired)\b.*$/iu, slots: { work: 'work' }, fixed: 'retired', change: true },
  { pattern: /^be (?<value>unemployed|self-employed|freelance|a freelancer|between jobs|on parental leave|on maternity leave)$/iu, slots: { value: 'work' }, read: one },
  { pattern: new RegExp(`^(?:be|became|become) an? (?<value>${professions})(?:,? (?:at|for|in) (?<org>.+))?$`, 'iu'), slots: { value: 'work', org: 'employer' }, read: { value: role, org } },
  { pattern: /^(?:study|studies|be studying|be doing a (?:degree|master's|PhD|masters) in) (?<value>(?!for\b|hard\b|real\b|so\b|very\b|at\b|abroad\b|a lot\b).+?)(?: (?:at|in) (?<org>.+))?$/iu, slots: { value: 'studies', org: 'university' }, read: { value: things, org } },

  { pattern: /^be (?:(?:severely|very|deathly|highly|extremely|mildly|a bit|slightly|badly|so) )?(?:allergic|intolerant) to (?<value>.+)$/iu, slots: { value: 'allergy' }, read: many },
  { pattern: /^(?:have|has|have got|got|developed) (?:an?|a severe|a bad|a mild|a serious) (?:allergy to (?<value>.+)|(?<kind>[\p{L} ]+?) allergy)$/iu, slots: { value: 'allergy', kind: 'allergy' }, read: { value: things, kind: things } },
  { pattern: /^be (?<value>lactose|gluten|fructose|histamine)[ -]intolerant$/iu, slots: { value: 'allergy' }, read: one },
  { pattern: new RegExp(`^(?:have|has|have got|suffers? from|be diagnosed with|was diagnosed with) (?<value>${conditions})$`, 'iu'), slots: { value: 'condition' }, read: one },
  { pattern: /^be (?<value>(?:type (?:1|2|one|two) )?diabetic|asthmatic|epileptic|dyslexic|autistic|colou?r[- ]blind|deaf(?: in one ear)?|blind|pregnant|left-handed|short-sighted|anaemic|anemic)$/iu, slots: { value: 'is' }, read: one },
  { pattern: /^(?:be|became|become|went|turned) (?:an? )?(?:strict )?(?<value>vegetarian|vegan|pescatarian|pescetarian|coeliac|celiac|teetotal|teetotaller|gluten[- ]free|dairy[- ]free)$/iu, slots: { value: 'diet' }, read: one },
  { pattern: /^(?:eats?|touch|touches) (?<value>.+)$|^drinks? (?<drink>.+)$/iu, slots: { value: 'avoids', drink: 'avoids' }, read: { value: things, drink: things }, onlyDenied: true },

  { pattern: /^(?:like|likes|love|loves|enjoy|enjoys|adore|adores|be (?:an? )?(?:big |huge |great |massive )?fans? of|be into|be fond of|be keen on|be crazy about|be obsessed with) (?<value>.+)$/iu, slots: { value: 'likes' }, read: { value: tastes }, denied: 'dislikes' },
  { pattern: /^(?:hate|hates|dislike|dislikes|detest|detests|loathe|loathes|despise|despises|can't stand|cannot stand|can not stand|can't bear|cannot bear|can't abide) (?<value>.+)$/iu, slots: { value: 'dislikes' }, read: { value: tastes } },
  { pattern: /^(?:prefer|prefers) (?<value>.+?)(?: (?:to|over|rather than|instead of) .+)?$/iu, slots: { value: 'prefers' }, read: { value: tastes } },
  { pattern: /^(?:gone|went) off (?<value>.+)$|^be (?:over|tired of|sick of|done with) (?<done>\p{L}+)$/iu, slots: { value: 'likes', done: 'likes' }, read: { value: things, done: things }, ended: true, onlyIfKnown: true },

  { pattern: /^(?:go|goes) by (?<value>\p{Lu}.*)$/u, slots: { value: 'called' }, read: { value: nameOf } },
  { pattern: /^be (?:called|named) (?<value>\p{Lu}.*)$/u, slots: { value: 'name' }, read: { value: nameOf } },
  { pattern: new RegExp(`^(?:have|has|have got|got|bought|own|owns|adopted|inherited|ordered) (?<value>(?:an?|one|two|three|four|five|six|\\d|our|my|some|a pair of) (?:new |second-hand |used )?${owned}(?: (?:[A-Z0-9][\\p{L}\\d-]*))?)(?: (?:called|named) .+| from .+|,.*)?$`, 'iu'), slots: { value: 'has' }, read: { value: (raw) => plain(raw.replace(/^(?:a new|my|our) /iu, 'a ')) }, onlyIfKnown: false },
  { pattern: /^(?:own|owns) (?<value>(?:an?|one|two|three|four|\d|our) .+)$/iu, slots: { value: 'has' }, read: one },
  { pattern: /^(?:sold|gave away|got rid of|traded in|lost) (?:my|our|the|his|her|their) (?<value>(?!job|temper|mind|way|time|keys?|patience|voice|balance).+?)(?: to .+| on .+)?$/iu, slots: { value: 'has' }, read: one, ended: true, onlyIfKnown: true },
  { pattern: /^(?:be learning|learn|learns|started learning|started to learn|be taking (?:lessons|classes) in|be taking up|took up) (?:how )?(?<value>(?!that\b|from\b|how\b|about\b).+)$/iu, slots: { value: 'learning' }, read: many },
  { pattern: /^(?:stopped|gave up|given up|quit) (?:learning|studying) (?<value>.+)$/iu, slots: { value: 'learning' }, read: many, ended: true },
  { pattern: /^(?:stopped|gave up|given up|quit) playing (?:the )?(?<value>.+)$/iu, slots: { value: 'plays' }, read: many, ended: true },
  { pattern: /^(?:stopped taking|came off) (?:my )?(?<value>.+)$/iu, slots: { value: 'takes' }, read: many, ended: true, onlyIfKnown: true },
  { pattern: new RegExp(`^(?:speak|speaks)(?: fluent)? (?<value>${languages}(?:(?:,? (?:and|or) |, )(?:a (?:little|bit of) |some )?${languages})*)(?: (?:fluently|at home|well))?$`, 'iu'), slots: { value: 'speaks' }, read: many },
  { pattern: new RegExp(`^(?:play|plays) (?:the )?(?<value>${instruments}(?:(?:,? and |, )(?:the )?${instruments})*)(?: (?:every|in|at|on|with|for|since) .+)?$`, 'iu'), slots: { value: 'plays' }, read: { value: (raw) => things(raw.replace(/\bthe /giu, '')) } },
  { pattern: new RegExp(`^(?:take|takes|be taking|be on|started taking|be prescribed|was prescribed) (?<value>${medicine})(?: .*)?$`, 'iu'), slots: { value: 'takes' }, read: many },

  { pattern: /^(?:be|got|have got) (?<value>(?:married|engaged)(?: to .+)?)$/iu, slots: { value: 'status' }, read: { value: (raw) => plain(raw.replace(/ to (?:my|the) .*$/iu, '')) } },
  { pattern: /^(?:be|got|became) (?<value>divorced|single|widowed|separated|a widow|a widower)(?: (?:from|in|last|since|after|this|two|a|\d+) .+)?$/iu, slots: { value: 'status' }, read: one },
  { pattern: new RegExp(`^be (?<value>${nationalities})$`, 'u'), slots: { value: 'nationality' }, read: one },
];

const is = "(?:is|are|'s)(?: now)?(?: (?:actually|still|on|the))*";
const attributes =
  '(?:home ?town|nationality|native language|first language|mother tongue|religion|star sign|blood (?:type|group)|(?:shoe|dress|shirt|hat|ring|trouser|jacket|glove|bra|clothing) size|pronouns|school|university|employer|car|bike|phone|laptop|camera|guitar|height|weight|time ?zone|religion|team|band|dream job|hobby|hobbies|doctor|dentist)';

/** After "my" or "my sister's". */
export const attributeRules: readonly Rule[] = [
  { pattern: new RegExp(`^(?:full |first |last |real |given |middle |sur)?name ${is} (?<value>.+)$`, 'iu'), slots: { value: 'name' }, read: { value: nameOf } },
  { pattern: new RegExp(`^nickname ${is} (?<value>.+)$`, 'iu'), slots: { value: 'called' }, read: { value: nameOf } },
  { pattern: new RegExp(`^(?:birthday|date of birth|birth ?date) ${is} (?<value>.+)$`, 'iu'), slots: { value: 'birthday' }, read: { value: dateOf } },
  { pattern: new RegExp(`^(?:wedding )?anniversary ${is} (?<value>.+)$`, 'iu'), slots: { value: 'anniversary' }, read: { value: dateOf } },
  { pattern: new RegExp(`^(?:job|profession|occupation) ${is} (?<value>.+)$`, 'iu'), slots: { value: 'work' }, read: { value: (raw) => role(raw.replace(/^(?:as )?(?:being )?(?:an? )?/iu, '')).filter((value) => !/^(?:\p{Ll}+ing|great|boring|hard|fun|stressful|killing|so|very|really|too|gone|tough|easy|fine|good|bad|ok|secure|at risk|not|safe|remote)\b/u.test(value)) } },
];

/** "favourite colour is blue", "shoe size is 42": the words before "is" name the slot. */
export const namedAttribute = new RegExp(`^(?<slot>(?:all-time )?(?:favou?rite|fave) [\\p{L} -]{2,30}?|${attributes}) ${is} (?<value>.+)$`, 'iu');

/** Said to the assistant: "Call me Sam." */
export const callRules: readonly Rule[] = [
  { pattern: /^(?:please )?(?:you (?:can|may) |just |everyone |everybody |people |(?:all )?my (?:friends|family|colleagues|mates) )*calls? me (?<value>\p{Lu}.*)$/u, slots: { value: 'called' }, read: { value: nameOf } },
  { pattern: /^(?:Please )?(?:You (?:can|may) |Just |Everyone |Everybody |People |(?:All )?[Mm]y (?:friends|family|colleagues|mates) )*[Cc]alls? me (?<value>\p{Lu}.*)$/u, slots: { value: 'called' }, read: { value: nameOf } },
];

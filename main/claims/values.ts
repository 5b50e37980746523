/** Cuts what a rule found down to the value it names; refuses what is none. Pure. */
import { blank } from './clauses.ts';

/** What goes on after a value. */
const tail =
  /(?:,|\s[-–—]\s|\s*\()?\s+(?:because|since|where|which|who|whom|that|when|while|whenever|as long as|so|but|although|though|if|unless|with (?:my|our|a|two|the)|for (?:about |over |almost |nearly )?(?:\d+|an?|one|two|three|four|five|six|seven|eight|nine|ten|many|several|some|the last|the past|now|ages|work|years|months)|until|before|after|last|this (?:year|month|week|summer|winter|spring|autumn|fall|morning)|next|in (?:19|20)\d\d|in (?:January|February|March|April|May|June|July|August|September|October|November|December)|\d+ (?:years?|months?|weeks?|days?) ago|(?:an?|one|two|three|four|five|six|several) (?:years?|months?|weeks?|days?) ago|weil|da|seit|mit (?:meine|unsere)\S*|vor (?:einem|zwei|drei)|parce qu|depuis|avec (?:ma|mon|mes)|porque|desde|con (?:mi|mis)|every|each|even|more than|as much as|than)(?:\s.*)?$/iu;
const trailing =
  /[\s,]+(?:now|nowadays|these days|at the moment|right now|lately|back then|so far|currently|again|too|as well|already|anyway|though|please|thanks|thank you|by the way|btw|actually|instead|either|a lot|very much|so much|the most|best|yesterday|today|recently|permanently|for good|full[- ]time|part[- ]time|any ?more|any longer|lol|haha|jetzt|auch|sehr|gerne?|maintenant|aussi|beaucoup|ahora|también|mucho)$/iu;

/** Null where nothing is left, or it is too long to be one value. */
export function cleanValue(raw: string, most = 8): string | null {
  let value = raw.replace(tail, '');
  for (let shorter = value.replace(trailing, ''); shorter !== value; shorter = value.replace(trailing, '')) value = shorter;
  value = value.replace(/^[\s"'“”„«»]+|[\s"“”„«».,;:!]+$/gu, '').replace(/(?<=\s\S+)'$/u, '');
  const words = value.split(/\s+/u).length;
  return value === '' || words > most || value.length > 80 || value.includes(blank) || value.includes('[forgotten]') ? null : value;
}

/** Read as one thing although they hold an "and". */
const pairs =
  /\b(?:fish and chips|rock (?:and|'n'|n) roll|salt and pepper|mac and cheese|bread and butter|peanut butter and jelly|drum and bass|arts and crafts|bed and breakfast|black and white|gin and tonic|cookies and cream|ham and cheese|rhythm and blues|Simon and Garfunkel|Dungeons and Dragons)\b/iu;

/** "tea, coffee and milk" is three values. */
export function listOf(raw: string): string[] {
  const whole = cleanValue(raw, 14);
  if (whole === null) return [];
  if (pairs.test(whole)) return keep([whole]);
  if (/^(?:to |\p{Ll}+ing )/u.test(whole)) return keep([whole.replace(/(?:,| and | or ).*$/u, '')]);
  // Without an "and" it is no list: "penicillin, hives all over".
  if (!/,\s*(?:and|or|und|oder|et|ou|y|o)\s|\s(?:and|or|nor|und|oder|et|ou|y|e|o)\s/u.test(whole)) return keep([whole.replace(/,.*$/u, '')]);
  const parts = whole.split(/\s*,\s*(?:and |or |und |et |y )?|\s+(?:and|or|nor|und|oder|et|ou|y|e|o)\s+(?!(?:I|my|we)\b)/u);
  const isList = parts.length > 1 && parts.every((part) => part !== '' && part.split(/\s+/u).length <= 4);
  return keep(isList ? parts : [whole]);
}

const keep = (values: string[]) => values.flatMap((value) => cleanValue(value) ?? []);

/** Pronouns and pointers: they mean something only where they are said. */
const pointing =
  /^(?:(?:it|this|that|these|those|you|him|her|them|us|me|one|some|any|all|both|everything|nothing|something|anything|everyone|everybody|nobody|someone|people|what|how|when|where|who|why|which|your|his|its|their|to be|being|having|having to|not|no|so|such|much|more|less|most|very|a lot|lots|here|there|home|es|das|dies|dich|ihn|sie|ça|cela|ceci|toi|eso|esto|te|ti|lo|la idea|la|les|als|wenn|dass|que|cuando|quand)(?=$|[\s,'])|the (?:idea|way|fact|thought|first|second|third|last|next|other|new|one|ones|same|result|answer|suggestion|option|sound of|look of|version|plan|design|title|name)\b|my (?:new|job|life)\b)/iu;

/** Things one may like, have or be allergic to, not what "it" or "that idea" points to. */
export const things = (raw: string): string[] => listOf(raw).filter((value) => !pointing.test(value) && !/^\d+$/u.test(value));

const noPlace =
  /^(?:fear|hope|denial|peace|harmony|sin|poverty|luxury|constant|interesting|the (?:moment|present|past|now|future|same|middle|real world|shadow)|a (?:bubble|dream|simulation|world|lie|time|state|society|democracy|free country)|an? (?:era|age)|my (?:head|own|parents'? basement|car|mind)|your|his|her|their|this|that|these|those|it|here|there|many|different|several|two|three|some|squalor|seclusion|style|comfort|hiding|exile|sync|person|bed|work|school|pain|the same|one|what|which|where|nothing|everything|Zoom|Excel|Word|page|chapter)(?=$|[\s,.])/iu;
const dwelling = /\b(?:flat|house|apartment|village|town|city|country|countryside|cottage|studio|dorm|dormitory|caravan|houseboat|boat|suburbs?|north|south|east|west|mountains?|island|farm|coast|outskirts|centre|center|area|region|street|district|neighbou?rhood|home|hostel|bungalow|loft|room|valley|capital|Netherlands|Bronx|UK|US|USA|States|Philippines|Hague|Algarve|Azores|Alps)\b/iu;

const aSight = /^the (?:sea|ocean|beach|seaside|mountains?|rain|snow|sun|cold|heat|dark|night|countryside|outdoors|forest|woods|desert|city|winter|summer|autumn|fall|spring|piano|guitar|violin|theat(?:er|re)|opera|cinema|movies|gym|colou?r \p{L}+)$/iu;

/** What somebody may like in general: not "the second one", nor what they only spoke of just now. */
export const tastes = (raw: string): string[] =>
  things(raw.replace(/,\s*(?:it|they|that|this|so|sometimes|especially|even|particularly|just|you|we|I|the)\b.*$/iu, '')).filter(
    (value) =>
      value.split(/\s+/u).length <= 6 &&
      !/(?:^|\s)(?:it|they|we|I|you|he|she|them|him|me|this|these|those|that|my|your)(?=$|[\s'’])|^(?:to|is|was|are|sometimes|theme)$|^to (?:go|do|be|get|have|see)$/iu.test(value) &&
      (!/^the /iu.test(value) || aSight.test(value) || /^the \p{Lu}/u.test(value)),
  );

/** "Porto", "Porto, Portugal", "a small village near Lyon"; not "fear". */
export function placeOf(raw: string): string[] {
  const value = cleanValue(raw.replace(/,\s*(?![\s\p{Lu}]).*$/u, '').replace(/\s+(?:and|but|to|und|et|y)\s.*$/u, ''), 7);
  return value !== null && isPlace(value) ? [value] : [];
}

function isPlace(value: string): boolean {
  if (noPlace.test(value) || /^[\d\s]+$|^\p{Ll}+ing\b|^(?:an?|the|my|our)$/iu.test(value)) return false;
  if (/^(?:an?|the|my|our)\s/iu.test(value)) return dwelling.test(value) || /\s\p{Lu}/u.test(value);
  return value.split(/\s+/u).length <= 3 || /\p{Lu}/u.test(value) || dwelling.test(value);
}

const noName =
  /^(?:I|Me|My|You|It|Not|The|A|An|Very|So|Too|On|In|At|From|Here|There|Later|Back|Now|When|If|As|Mr|Mrs|Dr|Sir|Crazy|Tomorrow|Today|Tonight|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|January|February|March|June|July|August|September|October|November|December|Yes|No|Still|Also|Both|All|Because|This|That|Everything|Nothing|What|Who|Where|How|Old|Great|Nice|Sick|Fine)$/u;

/** "Ana", "Ana Maria Silva", "José"; at most three capitalised words, or one in a script without capitals. */
export function nameOf(raw: string): string[] {
  const value = cleanValue(raw.replace(/,.*$/u, '').replace(/\s+(?:and|but|by|in|on|at|instead|not|und|et|y)\s.*$/u, ''), 4);
  if (value === null) return [];
  const words = value.split(/\s+/u);
  const isName = words.every((word) => /^(?:\p{Lu}[\p{L}\p{M}'.-]*|de|da|dos|van|von|der|la|del|di|le|[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー・]+)$/u.test(word));
  return isName && words.length <= 4 && !noName.test(words[0]!) && /^\P{Ll}/u.test(words[0]!) ? [value] : [];
}

const month = '(?:january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|januar|februar|märz|mai|juni|juli|oktober|dezember|janvier|février|mars|avril|juin|juillet|août|septembre|octobre|novembre|décembre|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre)';
const date = new RegExp(
  `(?:the )?\\d{1,2}(?:st|nd|rd|th|er|\\.)?(?: of| de)? ${month}\\.?(?:,? (?:de )?\\d{4})?|${month}\\.? (?:the )?\\d{1,2}(?:st|nd|rd|th)?(?:,? \\d{4})?|\\d{4}-\\d\\d-\\d\\d|\\d{1,2}[./]\\d{1,2}[./](?:\\d{4}|\\d\\d)|\\d{1,2}[./]\\d{1,2}\\.?(?![\\d])|(?:\\d{4}年)?\\d{1,2}月\\d{1,2}日`,
  'iu',
);

/** The day named in it: "5 May 1984", "3.10.", "5月3日". */
export const dateOf = (raw: string): string[] => {
  const found = date.exec(raw)?.[0].replace(/^the /iu, '').trim();
  return found === undefined ? [] : [found];
};

/** One value of a few words, whatever it is. */
export const plain = (raw: string): string[] => {
  const value = cleanValue(raw, 6);
  return value === null || pointing.test(value) ? [] : [value];
};

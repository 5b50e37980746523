/**
 * Words of a text, reduced so that "lives", "living" and "live" are one. Small and rule-based on purpose: it judges
 * sentences of a few words, and must give the same verdict everywhere. Searching is the index's business, not this.
 */

/** Words that carry no subject of their own: grammar, politeness, and the talk around a question. */
const stopWords = words(`
  a an the this that these those there here it its and or but if so as than then too also just only very really quite
  i me my mine myself we us our ours you your yours yourself he him his she her hers they them their theirs one ones
  am is are was were be been being do does did doing done have has had having will would shall should can could may might must
  to of in on at by for with from into onto about over under up down off out again still now ever yet already
  what where when who whom whose which why how
  not no nor don't doesn't didn't isn't aren't wasn't won't can't cannot couldn't i'm i've i'd i'll it's that's what's where's
  who's when's you're you've you'll you'd we're we've we'll they're they've haven't hasn't hadn't wouldn't shouldn't weren't there's any some all anything something see please tell know remember remind forgot forget say said again s t re ve ll d m
  user
`);

/**
 * What is asked about a subject (its name, its place), said in several ways. In judging whether a line answers a
 * question an aspect weighs half of a word that names the subject.
 */
const aspects = meanings('~', {
  name: 'name names named called call nickname',
  home: 'live lives living lived home address moved move moving reside resides town city settled',
  job: 'job work works working worked profession occupation employed employer career',
  birth: 'birthday birthdays born birth',
  age: 'age old older',
  liking: 'like likes liked love loves loved favourite favorite prefer prefers enjoy enjoys best',
  price: 'cost costs price paid pay',
  time: 'time date day hour',
  going: 'go goes going went gone',
  buying: 'buy buys buying bought',
  place: 'put keep keeps kept find found left stored',
});

/** Different words for one subject. */
const synonyms = meanings('=', {
  allergy: 'allergy allergies allergic',
  film: 'film films movie movies',
  code: 'code codes pin password passcode combination',
  partner: 'wife husband spouse partner',
  mother: 'mum mom mother mummy',
  father: 'dad father daddy',
  phone: 'phone mobile telephone cellphone',
  car: 'car automobile',
  child: 'child children kid kids',
});

/** Sayings whose words mean something else. */
const sayings: [RegExp, string][] = [[/\bfor a living\b/giu, 'as a job']];

/** The reduced content words of a text, in order, each once. Aspects begin with `~`, synonyms with `=`. */
export function contentWords(text: string): string[] {
  const found = new Set<string>();
  const meant = sayings.reduce((said, [saying, meaning]) => said.replace(saying, meaning), text);
  for (const word of plainWords(meant)) {
    const meaning = aspects.get(word) ?? synonyms.get(word);
    if (meaning) found.add(meaning);
    else if (!stopWords.has(word)) found.add(stem(word));
  }
  return [...found];
}

/** Other words for what a question asks, where there are any: "lives moved home …" for "Where do I live?" */
export function otherWords(text: string): string[] {
  const meant = new Set(contentWords(text));
  const said = new Set(plainWords(text));
  return [...aspects, ...synonyms].filter(([word, meaning]) => meant.has(meaning) && !said.has(word)).map(([word]) => word);
}

export const isAspect = (word: string) => word.startsWith('~');

/** Lower-case words without accents; a possessive loses its ending, a clock time or decimal stays whole. */
export function plainWords(text: string): string[] {
  const folded = text.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '').replace(/[’ʼ]/gu, "'");
  return (folded.match(/[\p{L}\p{N}]+(?:[.:'][\p{L}\p{N}]+)*/gu) ?? []).map((word) => word.replace(/'s$/u, ''));
}

/** Takes off plural, -ing, -ed and a silent e. The result is a key, not a word. */
export function stem(word: string): string {
  let root = word;
  if (/[^aeiou]ies$/u.test(root)) root = `${root.slice(0, -3)}y`;
  else if (root.length > 3 && /[^sui]s$/u.test(root)) root = root.slice(0, -1);
  if (root.length > 5 && root.endsWith('ing')) root = undouble(root.slice(0, -3));
  else if (root.length > 4 && root.endsWith('ed')) root = undouble(root.slice(0, -2));
  return root.length > 3 && root.endsWith('e') ? root.slice(0, -1) : root;
}

const undouble = (root: string) => (/([bdgmnprt])\1$/u.test(root) ? root.slice(0, -1) : root);

function meanings(mark: string, table: Record<string, string>): Map<string, string> {
  return new Map(Object.entries(table).flatMap(([key, said]) => said.split(' ').map((word) => [word, mark + key])));
}

function words(list: string): Set<string> {
  return new Set(list.trim().split(/\s+/u));
}

/** Sentences of a text, with their marks. A line break ends one too; an abbreviation's full stop may, harmlessly. */
export const sentences = (text: string): string[] =>
  text.split(/(?<=[.!?…])\s+|\n+/u).map((sentence) => sentence.trim()).filter(Boolean);

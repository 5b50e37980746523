/** The owner's own plain statements in a text, clause by clause, with their places in it. Pure. */
import { isQuestion } from '../store/question.ts';

/** `text` is what is matched; the original from `start` to `end` is what is quoted. */
export type Clause = {
  text: string;
  start: number;
  end: number;
  /** The whole sentence around it. */
  sentence: string;
  /** It goes on without a subject: "… but hate mushrooms". */
  implied: boolean;
};

/** Longer texts are hardly the owner's own words about themselves. Characters. */
const longestText = 6_000;
/** What somebody says of themselves in one breath; every pattern stays fast on it. */
const longestClause = 240;
const longestSentence = 1_000;
/** Stands for what was blanked out: never part of a claim. */
export const blank = '\u0000';

/** Text given to be worked on, and stories. */
const givenToWorkOn =
  /^\s*(?:(?:hi|hey|hello|ok|okay|please|can you|could you|would you|will you|let's|now|help me|i (?:want|need|'d like|would like) you to)[\s,]+)*(?:translate|summari[sz]e|proof-?read|rewrite|rephrase|paraphrase|correct|improve|shorten|edit|polish|grade|analy[sz]e|check (?:the|this|my) (?:grammar|spelling|text|sentence)|write|compose|draft|generate|invent|make up|continue|complete|role-?play|act|pretend|imagine|play|you are|explain|what does|how do (?:i|you) say|repeat after|say)\b|^\s*(?:übersetze?|fasse|schreibe?|verbessere|korrigiere|stell dir vor|tu so|traduis|traduisez|résume|écris|corrige|imagine|fais comme si|traduce|traduzca|resume|escribe|corrige|imagina|haz como si)\b|訳して|要約して|書いて(?:ください|$)|添削/iu;
const headers = /^(?:from|to|cc|subject|date|sent|von|an|betreff|de|à|objet|para|asunto):\s/gimu;

/** Quoted lines, code, lines with a speaker before them, and quotations that say something of their own. */
const notOwn = [
  /```[^]*?(?:```|$)/gu,
  /`[^`\n]*`/gu,
  /^[ \t]*[>|].*$/gmu,
  /^[ \t]*(?:[-*] )?(?!(?:Note|PS|P\.S\.|Update|Reminder|FYI|BTW|Correction|Edit|Remember|Fact|Fun fact|Also|Info|Merke?|Notiz|Nota|Recuerda)\s?:)\p{Lu}[\p{L}.' -]{0,30}:(?=\s).*$/gmu,
  /["“„«][^"“”„«»\n]*\b(?:I|I'm|I've|my|you|your|am|is|are|was|were|has|have|lives?|likes?|ich|mein|du|bin|ist|je|j'ai|mon|ma|est|yo|mi|soy|es|vivo)\b[^"“”„«»\n]*["“”»]/giu,
  /["“„«](?:[^"“”„«»\s]*[^\S\n]+){4}[^"“”„«»\n]*["“”»]/gu,
  /「[^」\n]{8,}」|『[^』\n]{8,}』/gu,
];

/** As long as the text, so that places in one are places in the other. */
function ownWords(text: string): string {
  const plain = text.replace(/[’ʼ‘]/gu, "'").replace(/[\u00a0\u202f\u2009]/gu, ' ');
  return notOwn.reduce((left, pattern) => left.replace(pattern, (found) => found.replace(/[^\n]/gu, (character) => blank.repeat(character.length))), plain);
}

/** Dots that end no sentence: "Dr. Lee", "J. Smith", "am 5. Mai". */
const ending = /(?<!\b(?:Dr|Mr|Mrs|Ms|St|Prof|Jr|Sr|Sra|Dra|Mme|Mlle|vs|e\.g|i\.e|z\.B|ca|Nr|No|approx|\p{Lu})|\b(?:am|den|der|dem|vom|zum) \d{1,2})[.!?…]+(?=[\s"')\]]|$)|[。！？；;\n]+/gu;

/** With their closing marks. */
function sentencesOf(text: string): { text: string; start: number }[] {
  const sentences: { text: string; start: number }[] = [];
  let from = 0;
  for (const { index, 0: mark } of [...text.matchAll(ending), { index: text.length, 0: '' }]) {
    const sentence = text.slice(from, index + mark.length);
    if (/[\p{L}]/u.test(sentence)) sentences.push({ text: sentence, start: from });
    from = index + mark.length;
  }
  return sentences;
}

/** What makes everything in a sentence unreal, or somebody else's. */
const unreal =
  /\b(?:if|unless|suppose|supposing|imagine|pretend|wish|what if|let's say|hypothetically|assuming|as though|dream(?:ed|t)?|joking|kidding|sarcas\w+|role-?play|for example|for instance|e\.g|protagonist|narrator|lyrics|quote)\b|\bin (?:the|a|an|this|my) (?:story|novel|game|book|film|movie|play|song|scenario|example)\b/iu;
const unrealElsewhere =
  /\b(?:wenn|falls|angenommen|vielleicht|wünschte|würde|hätte|wäre|stell dir vor|zum Beispiel|im Traum)\b|\b(?:si|s'il|peut-être|imagine|supposons|j'aimerais|je voudrais|je rêve|par exemple|aimerais|voudrais)\b|\b(?:quizás?|tal vez|ojalá|imagina|supongamos|quisiera|me gustaría|por ejemplo|a lo mejor)\b|(?:もし|かもしれ|たら|なら|例えば|だろう|でしょう|たい(?:です|な|と|$|。)|つもり|予定)/iu;

const subjects = "I|I'm|I've|I'd|we|we're|we've|my|our|he|she|they|he's|she's|ich|wir|meine?|unsere?|er|je|j'|nous|mon|ma|mes|notre|elle|yo|mi|mis";
const joins = 'and|but|so|because|although|though|while|whereas|plus|und|aber|denn|et|mais|car|y|pero|porque';
const onward = "(?:also |now |really |currently |still )*(?:hate|love|like|dislike|prefer|don't like|do not like|can't stand|enjoy|detest|live|work|moved|own|am|have|take|study|speak|play|lives|works|likes|loves|hates|enjoys|has|is|plays|speaks|prefers|lebe|wohne|arbeite|mag|liebe|hasse|spreche|lerne)";
const subjectAhead = new RegExp(`[,:]?\\s+(?:${joins})\\s+(?=(?:${subjects})(?:\\b|(?<=')))|\\s*[,–—(:]\\s+(?=(?:${subjects})(?:\\b|(?<=')))|\\s+[-–—]\\s+|\\s*[()]\\s*`, 'gu');
const verbAhead = new RegExp(`,?\\s+(?:and|but|und|aber)\\s+(?=${onward}\\b)`, 'gu');

export function clausesOf(text: string): Clause[] {
  if (text.length > longestText || givenToWorkOn.test(text) || (text.match(headers)?.length ?? 0) >= 2) return [];
  return sentencesOf(ownWords(text))
    .filter((sentence) => isStatement(sentence.text))
    .flatMap((sentence) => split(sentence));
}

const isStatement = (sentence: string) => sentence.length <= longestSentence && !unreal.test(sentence) && !unrealElsewhere.test(sentence) && !/[?？]\s*$/u.test(sentence) && !isQuestion(sentence);

function split({ text, start }: { text: string; start: number }): Clause[] {
  const cuts = [
    { from: 0, to: 0, implied: false },
    ...[...text.matchAll(subjectAhead)].map((found) => ({ from: found.index, to: found.index + found[0].length, implied: false })),
    ...[...text.matchAll(verbAhead)].map((found) => ({ from: found.index, to: found.index + found[0].length, implied: true })),
  ].sort((a, b) => a.from - b.from);
  return cuts.flatMap(({ to, implied }, index) => {
    const end = cuts[index + 1]?.from ?? text.length;
    const trimmed = text.slice(to, end).replace(/^[\s,;:"'“(]+/u, '');
    const begins = end - trimmed.length;
    const said = trimmed.replace(/[\s,;:.!…。！"”)]+$/u, '');
    return said === '' || end <= to || said.length > longestClause ? [] : [{ text: said, start: start + begins, end: start + begins + said.length, sentence: text, implied }];
  });
}

/** Marks that end a question: Latin, full-width, Arabic, Armenian, Ethiopic, Vai. Greek's is an ordinary semicolon. */
const mark = /[?？؟՞፧꘏]/u;
const greekMark = /\p{Script=Greek}\s*[;;]/u;

/** What opens a question in several languages. Only trusted where no full stop or exclamation mark ends the sentence. */
const opening = new RegExp(
  `^(?:${[
    // English
    // "When I was young…" and "what a day" tell, though they open like questions.
    '(?:who|whom|whose|what|which|when|where|why|how|whats|wheres|whos)(?! (?:i|we|he|she|they|it|you|a|an|my|our|the) )',
    '(?:is|are|was|were|am|do|does|did|can|could|will|would|should|shall|may|might|has|have|had) (?:i|you|he|she|it|we|they|there|this|that|my|your|his|her|its|our|their|the|a|an|any|some)',
    '(?:please |can you |could you )?(?:tell|remind|show) me (?:who|what|which|when|where|why|how|about|again)',
    // German
    'wer|wen|wem|wessen|was|welche[rsmn]?|wann|wo|wohin|woher|warum|weshalb|wieso|wie',
    // French
    'qui|quoi|quel(?:le)?s?|quand|où|pourquoi|comment|combien|est ce que|qu est ce que',
    // Spanish, Portuguese
    'quién|quiénes|qué|cuál|cuáles|cuándo|dónde|cómo|cuánto|cuánta|cuántos|cuántas|por qué|quem|qual|quais|quando|onde|por que|quanto|quanta|quantos|quantas',
    // Italian, Dutch
    'chi|cosa|quale|quali|dove|perché|quanti|quante|wie|wat|welke|wanneer|waar|waarom|hoe',
    // Russian, Polish, Swedish
    'кто|что|какой|какая|какие|когда|где|куда|почему|зачем|как|сколько|kto|który|która|kiedy|gdzie|dlaczego|jak|ile|vem|vad|vilken|vilket|när|var|varför|hur',
  ].join('|')})(?![\\p{L}\\p{N}])`,
  'iu',
);

/** Japanese and Chinese particles that close a question, when no mark is written. */
const closing = /(?:ですか|ますか|でしょうか|吗|嗎|呢)[。.\s]*$/u;

/** Words that greet or address and say nothing themselves. */
const greeting = /^(?:hi|hey|hello|ok|okay|so|and|but|well|please|thanks|thank you|hallo|hola|salut|bonjour|ciao|olá|oi)\b[^.!?]{0,24}$/iu;

/** True when a message only asks: every sentence of it is a question (or a greeting). A statement beside it makes it false. */
export function isQuestion(text: string): boolean {
  const sentences = splitSentences(text).filter((sentence) => !greeting.test(bare(sentence)));
  return sentences.length > 0 && sentences.every(asks);
}

/** True when it ends with a question, whatever stands before it: what is said next may be the answer. */
export const endsAsking = (text: string): boolean => /[?？؟]\s*$/u.test(text);

function asks(sentence: string): boolean {
  if (mark.test(sentence) || greekMark.test(sentence) || closing.test(sentence)) return true;
  return !/[.!。！]\s*$/u.test(sentence) && opening.test(bare(sentence));
}

/** Sentences with their closing marks; a decimal point or an abbreviation's dot does not end one. */
export function splitSentences(text: string): string[] {
  return text
    .split(/(?<=[.!?？؟！])(?=\s)|(?<=[。！？])|\n+/u)
    .map((sentence) => sentence.trim())
    .filter((sentence) => /[\p{L}\p{N}]/u.test(sentence));
}

const bare = (sentence: string) =>
  sentence
    .toLowerCase()
    .replace(/['’]/gu, ' ')
    .replace(/[^\p{L}\p{N}\s]/gu, '')
    .replace(/\s+/gu, ' ')
    .replace(/^(?:hi|hey|hello|ok|okay|so|and|but|well|please) /u, '')
    .trim();

/**
 * What the owner said, told back to them: "By the way, my sister lives in Porto" becomes "Your sister lives in Porto".
 * The bundled model gives such lines back word for word, which asks nothing of it but to find the right one.
 * `models/train/facts.py` (`to_you`) does the same for its training; `bench/starter/cases.test.ts` holds the two together.
 */
export function retell(sentence: string): string {
  const plain = sentence.trim().replace(/[‘’]/gu, "'");
  const told = turned.reduce((text, [form, said]) => text.replace(form, said), plain.replace(opener, ''));
  return told.charAt(0).toUpperCase() + told.slice(1);
}

/** Words that lead up to a statement and are no part of it. */
const opener =
  /^(?:(?:and\s+)?(?:by the way|just so you know|oh|for the record|one more thing|small update|note to self|before i forget|guess what|fyi|hey|hi|hello|also|so|well|yes|okay|ok|oh|remember|please remember|please note|i wanted to tell you|i should tell you|i have to tell you|you should know|did i mention|just)(?:\s*[,:!]|\s+that\b)\s*)+(?=\S)/iu;

const turned: [RegExp, string][] = [
  // Many write "i"; elsewhere than here it may be "and" in another language.
  [/(?<=^|[,.;!?]\s|\b(?:and|but|because|that|when|if|so|since|what|where|then|while|after|before|as|than)\s)i(?=(?:'(?:m|ve|ll|d))?\s)/gu, 'I'],
  [/\bI'm\b/gu, "you're"],
  [/\bI am\b/gu, 'you are'],
  [/\bam I\b/gu, 'are you'],
  [/\bI was\b/gu, 'you were'],
  [/\bI'(ve|ll|d)\b/gu, "you'$1"],
  [/(?<!\b(?:War|Part|Chapter|Phase|Type|Volume|Act|Stage|Level)\s)\bI\b|\b(?:me|we|us)\b/gu, 'you'],
  [/\bWe are\b/gu, 'You are'],
  [/\bWe\b/gu, 'You'],
  [/\b(?:my|our)\b/gu, 'your'],
  [/\b(?:My|Our)\b/gu, 'Your'],
  [/\bmine\b/gu, 'yours'],
  [/\bmyself\b/gu, 'yourself'],
];

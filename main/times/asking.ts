/** Whether a question asks for a time, in a few languages. Pure. */

/** Whole words or phrases; of scripts without spaces anything that stands there. */
export const anyOf = (spaced: string, unspaced: string) => new RegExp(`(?<![\\p{L}\\p{N}])(?:${spaced})(?![\\p{L}\\p{N}])|${unspaced}`, 'iu');

const when = anyOf(
  `when|how long|since when|(?:what|which) (?:date|day|week|month|year|time)|wann|seit wann|wie lange|(?:welche[mnrs]?) (?:tag|datum|woche|monat|jahr)|quand|depuis (?:quand|combien)|combien de temps|
quel(?:le)? (?:jour|date|semaine|mois|année)|cuándo|desde cuándo|cuánto tiempo|qué (?:día|fecha|semana|mes|año)`.replace('\n', ''),
  'いつ|何年|何月|何日|何時|どのくらいの間|どれくらい前',
);
const howOften = anyOf(
  'how (?:often|many times|frequently)|wie (?:oft|häufig)|combien de fois|à quelle fréquence|cuántas veces|con qué frecuencia|cada cuánto',
  '何回|何度|どのくらいの頻度|どれくらいの頻度',
);

export const asksWhen = (question: string): boolean => when.test(question);
export const asksHowOften = (question: string): boolean => howOften.test(question);

/** In which respects two things are spoken of alike: the rows of a comparison. Pure. */
import { isInstruction } from './assertions.ts';
import { capital } from './changeLines.ts';
import { dayNamed } from './dates.ts';
import { hasKey, keysOf } from './keys.ts';
import { languageOf } from '../../meaning/languages.ts';
import { wordsOf } from '../../meaning/words.ts';
import { nounsIn } from './nouns.ts';
import type { Finding } from './sources.ts';
import { quantitiesIn } from './values.ts';

export type Row = { label: string; sides: [Finding | null, Finding | null] };

/** Respects that are told in many words, of which none means much else. */
const respects: [label: string, words: RegExp][] = [
  ['Price', /[€$£¥]|\b(?:prices?|cost[s]?|rent|expensive|cheap(?:er)?|pay|paid|fee|budget|preis|kostet|kosten|teuer|billig|prix|coûte|cher|precio|cuesta|caro)\b|値段|高い|安い/iu],
  ['Noise', /\b(?:nois[ey]\p{L}*|loud|quiet|silent|traffic|laut|leise|ruhig|bruyant|calme|ruido|ruidoso|tranquilo)\b/iu],
  ['Size', /m²|\b(?:square met\p{L}+|sqm|rooms?|spacious|tiny|huge|größe|zimmer|taille|pièces|tamaño)\b/iu],
  ['Light', /\b(?:sunny|sunlight|bright|dark|daylight|dunkel|lumineux|sombre|luminoso)\b/iu],
  ['Time', /\b(?:minutes?|hours?|days?|weeks?|duration|stunden?|minuten|tage|heures?|jours|horas?|minutos|días)\b|時間|分/iu],
  ['Weight', /\b\d+(?:[.,]\d+)? ?(?:kg|g)\b|\b(?:weigh[st]?|heavy|heavier|lighter|weight|schwer|leicht|lourd|léger|pesado|ligero)\b/iu],
  ['Taste', /\b(?:tast\p{L}+|flavou?r\p{L}*|sour|sweet|bitter|crust|crumb|aroma|geschmack|goût|sabor)\b/iu],
  ['Work', /\b(?:effort|maintenance|hassle|chores?|aufwand)\b/iu],
  ['Place', /\b(?:tram|bus|neighbou?rhood|distance|lage|quartier|barrio)\b/iu],
];

type Pairing = Row & { score: number };

/** The likeliest pairs, each sentence in one row; by what they share. */
export function rowsOf([ones, others]: [readonly Finding[], readonly Finding[]], { topicKeys, aspect }: { topicKeys: ReadonlySet<string>; aspect: string | null }): Row[] {
  const common = frequencyOf([...ones, ...others]);
  const telling = (findings: readonly Finding[]) => findings.filter(tells).slice(0, 80);
  const pairings = telling(ones).flatMap((one) => telling(others).flatMap((other) => pairingOf(one, other, { topicKeys, common, aspect })));
  const used = new Set<Finding>();
  const labels = new Set<string>();
  return pairings
    .toSorted((one, other) => other.score - one.score)
    .filter(({ sides, label }) => {
      const isFree = !sides.some((side) => side && used.has(side)) && !labels.has(label.toLowerCase());
      if (!isFree) return false;
      for (const side of sides) if (side) used.add(side);
      labels.add(label.toLowerCase());
      return true;
    })
    .map(({ label, sides }) => ({ label, sides }));
}

/** It speaks of the thing itself: no order, no question, no head of a table or of what follows, no command, nothing that only happens to stand near. */
function tells({ text, pair, bears, source, from }: Finding): boolean {
  if (bears < 0.8 || /[:?：？]$/u.test(text) || /^\\?\[!|(?:^|\s)--\p{L}/u.test(text)) return false;
  if (source.kind === 'table') return pair !== null && (from > 0 || /\d/u.test(text));
  return pair !== null || !isInstruction(text);
}

type Judging = { topicKeys: ReadonlySet<string>; common: ReadonlyMap<string, number>; aspect: string | null };

function pairingOf(one: Finding, other: Finding, judging: Judging): Pairing[] {
  if (one.text.toLowerCase() === other.text.toLowerCase()) return [];
  const found = [byLine(one, other), byHeading(one, other, judging), byRespect(one, other), byWords(one, other, judging)].filter((pairing) => pairing !== null);
  const best = found.toSorted((a, b) => b.score - a.score)[0];
  if (!best) return [];
  const asked = judging.aspect !== null && keysOf(judging.aspect).some((key) => hasKey(one.keys, key) || hasKey(other.keys, key)) ? 2 : 0;
  const together = found.reduce((sum, { score }) => sum + 0.2 * score, 0.8 * best.score);
  return [{ label: asked > 0 ? capital(judging.aspect!) : best.label, sides: [one, other], score: together + asked + 0.2 * (one.bears + other.bears) }];
}

type Found = { label: string; score: number } | null;

function byLine(one: Finding, other: Finding): Found {
  if (!one.pair || !other.pair) return null;
  const [keys, others] = [keysOf(one.pair.key), keysOf(other.pair.key)];
  return keys.length > 0 && keys.join(' ') === others.join(' ') ? { label: capital(one.pair.key), score: 3 } : null;
}

function byHeading({ source: one }: Finding, { source: other }: Finding, { topicKeys }: Judging): Found {
  const [heading, same] = [one.headings.at(-1), other.headings.at(-1)];
  if (!heading || !same || one.note.id === other.note.id || dayNamed(heading) || tellsHow.test(heading) || isInstruction(heading)) return null;
  const keys = keysOf(heading);
  return keys.length > 0 && !keys.some((key) => topicKeys.has(key)) && keys.join(' ') === keysOf(same).join(' ') ? { label: capital(heading), score: 1.4 } : null;
}

const tellsHow = /^(?:how|what|why|when|where|wie|was|warum|comment|pourquoi|cómo|qué)(?![\p{L}])/iu;

function byRespect(one: Finding, other: Finding): Found {
  const shared = respects.filter(([, words]) => words.test(one.text) && words.test(other.text));
  const units = quantitiesIn(one).filter(({ unit }) => unit !== 'line' && quantitiesIn(other).some((same) => same.unit === unit));
  const first = shared[0];
  return first ? { label: first[0], score: 0.9 + 0.2 * (shared.length - 1) + (units.length > 0 ? 0.5 : 0) } : null;
}

/** What both sentences name; few other sentences name what says most. */
function byWords(one: Finding, other: Finding, { topicKeys, common }: Judging): Found {
  const names = namesIn(`${one.text}\n${other.text}`);
  const [nouns, others] = [nounsIn(one.text), nounsIn(other.text)];
  const shared = [...nouns].filter(([key]) => others.has(key) && !key.startsWith('~') && !names.has(key) && !topicKeys.has(key) && key.length > 2 && !/^\d+$/u.test(key));
  const weights = shared.map(([key, word]) => ({ word, weight: 1 / Math.sqrt(Math.max(1, (common.get(key) ?? 2) - 1)) }));
  const score = weights.reduce((sum, { weight }) => sum + weight, 0);
  const best = weights.toSorted((a, b) => b.weight - a.weight)[0];
  return best && score >= 0.7 ? { label: capital(best.word), score: 0.6 * score } : null;
}

/** People and places are no respect. In German every noun looks like one. */
function namesIn(text: string): ReadonlySet<string> {
  if (languageOf(wordsOf(text))?.name === 'german') return new Set();
  return new Set([...text.matchAll(/(?<=[\p{Ll}\d,;] )\p{Lu}\p{Ll}+/gu)].flatMap(([name]) => keysOf(name)));
}

function frequencyOf(findings: readonly Finding[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { keys } of findings) for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}

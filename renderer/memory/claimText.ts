import type { Claim } from '../../main/contract/claim.ts';
import { formatDay, formatMonth } from '../format.ts';
import { t } from '../messages.ts';

type Said = Pick<Claim, 'text' | 'subject' | 'slot' | 'value'>;

/** A claim as a sentence in two parts: "Your sister Ana" and "lives in Porto", "Your" and "favourite colour is blue". */
export function sentenceOf(claim: Said): { who: string; said: string } {
  const { text, subject, slot } = claim;
  const at = text.indexOf(': ');
  if (at < 0) return { who: '', said: text };
  const [who, said] = [whoOf(claim), text.slice(at + 2)];
  if (slot === 'fact') return { who: `${who}:`, said };
  const isAttribute = said.startsWith(`${slot} is `);
  if (!isAttribute) return { who, said };
  return { who: subject === 'you' ? t('claims.your') : t('claims.whose', { who }), said };
}

/** A relation is the owner's ("Your sister Ana"), whoever has only a name is not. Of a name itself, the rest is said: "Your sister is called Ana". */
function whoOf({ subject, slot, value }: Said): string {
  const named = slot === 'name' && subject.endsWith(` ${value}`) ? subject.slice(0, -value.length - 1) : subject;
  if (subject === 'you') return t('claims.you');
  return /^\p{Ll}/u.test(named) ? t('claims.yours', { who: named }) : named;
}

export function plainSentence(claim: Said): string {
  const { who, said } = sentenceOf(claim);
  return `${who} ${said}`.trim();
}

/** "2019", "March 2024", "4 March": no finer than it may have been said. The first of a month may stand for all of it. */
export function sinceText(since: number, now = Date.now()): string {
  const date = new Date(since);
  if (date.getDate() > 1) return formatDay(since, now);
  return date.getMonth() === 0 ? String(date.getFullYear()) : formatMonth(since);
}

/** A profile without what holds no longer, and with what was learnt: each part joins the line of whom it is about. */
export function broughtUpToDate(text: string, { outdated, fresh }: { outdated: readonly string[]; fresh: readonly string[] }): string {
  const lines = text.split('\n').flatMap((line) => withoutParts(line, outdated));
  for (const part of fresh) {
    const who = headOf(part);
    const index = who === '' ? -1 : lines.findIndex((line) => line.startsWith(who));
    if (index < 0) lines.push(part);
    else lines[index] = `${lines[index]?.replace(/[;\s]+$/u, '')}; ${part.slice(who.length)}`;
  }
  return lines.join('\n').trim();
}

function withoutParts(line: string, outdated: readonly string[]): string[] {
  const who = headOf(line);
  const parts = line.slice(who.length).split(/;\s*/u);
  const left = parts.filter((part) => !outdated.includes(`${who}${part.trim()}`));
  if (left.length === parts.length) return [line];
  return left.length === 0 ? [] : [`${who}${left.join('; ')}`];
}

const headOf = (line: string) => /^[^:;]+: /u.exec(line)?.[0] ?? '';

/** The adapters of the built-in personas: are they voices, and do they stay right? */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { BundledAdapter } from '../../main/models/catalogue.ts';
import type { Figures } from '../bench.ts';
import type { Ask } from './asking.ts';
import type { Case } from './cases.ts';
import { largestShare, tellApart, type Spoken } from './classifier.ts';
import { citesRight, saysValue } from './score.ts';
import { shareOf } from './statistics.ts';

export type Voice = { name: string; overlay: { path: string; scale: number }[] };

const base: Voice = { name: 'base', overlay: [] };
/** The five that a fresh installation offers. */
const builtIn = ['friendly', 'professional', 'witty', 'caring', 'enthusiastic'];

/** The bundled ones that were made for these weights. */
export const voicesOf = (adapters: BundledAdapter[], baseSha256: string): Voice[] =>
  adapters
    .filter((adapter) => adapter.baseSha256 === baseSha256 && builtIn.includes(adapter.name.toLowerCase()))
    .map(({ name, path }) => ({ name: name.toLowerCase(), overlay: [{ path, scale: 1 }] }));

/** Other files to try, `persona-<name>.gguf` each. */
export const voicesIn = (folder: string): Voice[] =>
  builtIn.flatMap((name) => {
    const path = join(folder, `persona-${name}.gguf`);
    return existsSync(path) ? [{ name, overlay: [{ path, scale: 1 }] }] : [];
  });

type Heard = { voice: string; given: Case; prompt: number; text: string; finished: boolean };

/** Every prompt to every voice and to the base alone. */
export async function measurePersonas(cases: Case[], { voices, ask, print }: { voices: Voice[]; ask: Ask; print: boolean }): Promise<Figures> {
  if (cases.length === 0 || voices.length === 0) return {};
  const heard: Heard[] = [];
  for (const voice of [base, ...voices]) {
    for (const [prompt, given] of cases.entries()) {
      const { text, stats } = await ask(given.messages, { overlay: voice.overlay });
      heard.push({ voice: voice.name, given, prompt, text, finished: stats.end === 'finished' });
    }
    console.log(`${voice.name}: ${cases.length} prompts answered`);
  }
  if (print) printAll(cases, heard);
  return scoreVoices(heard);
}

function scoreVoices(heard: Heard[]): Figures {
  const figures: Figures = {};
  const spoken: Spoken[] = heard.filter(({ voice }) => voice !== base.name).map(({ voice, prompt, text }) => ({ persona: voice, prompt, text }));
  figures.classifier = tellApart(spoken);
  for (const voice of new Set(heard.map((one) => one.voice))) figures[voice] = scoreVoice(heard.filter((one) => one.voice === voice));
  const of = (name: string) => (figures[name] as { grounded?: number }).grounded ?? Number.NaN;
  const lost = [...new Set(spoken.map(({ persona }) => persona))].map((name) => of(base.name) - of(name));
  figures.groundedLost = { mean: lost.reduce((sum, value) => sum + value, 0) / lost.length, most: Math.max(...lost) };
  return figures;
}

/** A voice may choose its words: a remembered answer is right when it names the value and marks the line. */
function scoreVoice(heard: Heard[]): Figures {
  const remembered = heard.filter(({ given }) => given.mark !== null || given.value !== null);
  const texts = heard.map(({ text }) => text);
  const [opening, ending] = [largestShare(texts, 'opening'), largestShare(texts, 'ending')];
  return {
    grounded: shareOf(remembered.map(({ given, text }) => saysValue(given, text) && (given.mark === null || citesRight(given, text)))),
    stops: shareOf(heard.map(({ finished }) => finished)),
    opening: opening.share,
    openingWords: opening.words,
    ending: ending.share,
    endingWords: ending.words,
  };
}

function printAll(cases: Case[], heard: Heard[]): void {
  for (const [index, given] of cases.entries()) {
    console.log(`\n› ${given.messages.at(-1)?.text ?? ''}`);
    for (const { voice, text } of heard.filter(({ prompt }) => prompt === index)) console.log(`  ${voice.padEnd(13)} ${text}`);
  }
}

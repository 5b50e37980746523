import { existsSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { findNotes, findPassages } from '../main/notes/find.ts';
import { everyNote } from '../main/store/noteSearch.ts';
import type { Bench, Figures } from './bench.ts';
import { inFolder } from './folders.ts';
import { keptEmbeddings, withEmbedder, type Embed, type EmbedderEngine } from './recall/embedder.ts';
import { kept, written, type Corpus, type Written } from './search/corpus.ts';
import { auroc, ndcg10, recallAt, withHalves, type Ranked } from './search/quality.ts';
import { readCranfield, readSquad, type EvaluationSet, type Query } from './search/sets.ts';
import { byHeading, byLink, readVault, type KnownItem, type VaultNote } from './search/vault.ts';

const vaults = ['vault_kepano', 'vault_obsidian_help'];
const depth = 20;
const never = new AbortController().signal;
type Models = { engine: EmbedderEngine; embed: Embed };

export const bench: Bench = {
  name: 'search',
  about: 'what is found in notes, by words and fused with meaning, beside plain BM25: SQuAD, Cranfield, known items in vaults --data <folder of evaluation sets> [--some <each so many questions>] [--only squad,cranfield,vaults]',
  async run({ arguments: given }) {
    const { values } = parseArgs({ args: given, options: { data: { type: 'string' }, some: { type: 'string' }, only: { type: 'string' } } });
    if (values.data === undefined) throw new Error('Give --data <folder of evaluation sets>.');
    const folder = path.resolve(values.data);
    const some = Math.max(1, Number(values.some ?? 1));
    const only = new Set(values.only?.split(',') ?? ['squad', 'cranfield', 'vaults']);
    return withEmbedder(1, async (engine) => {
      const models = { engine, embed: await keptEmbeddings(engine) };
      return {
        ...(only.has('squad') ? await squad(path.join(folder, 'squad_dev'), models, some) : {}),
        ...(only.has('cranfield') ? await cranfield(path.join(folder, 'cranfield'), models) : {}),
        ...(only.has('vaults') ? { knownItem: await knownItems(folder, models, some) } : {}),
      };
    });
  },
};

const eachOf = <T>(items: readonly T[], some: number): T[] => items.filter((_, index) => index % some === 0);

async function squad(folder: string, models: Models, some: number): Promise<Figures> {
  const { items, queries, impossible } = readSquad(folder);
  return withCorpus(items.map(({ text }) => text), models, async (corpus) => {
    const asked = eachOf(queries, some);
    const found = await rankAll(corpus, { items, queries: asked });
    const sure = async (some: readonly Query[]) => {
      const confidences: number[] = [];
      for (const { text } of some) confidences.push((await findPassages(corpus, { question: text, scope: everyNote, limit: 5, now: 0 }, never)).confidence);
      return confidences;
    };
    const [can, cannot] = [await sure(asked), await sure(eachOf(impossible, some))];
    const odd = (values: readonly number[]) => values.filter((_, index) => index % 2 === 1);
    return {
      squad: { questions: asked.length, ...figuresOf(found, (one) => recallAt(one, 5), 'r5') },
      abstention: { auroc: auroc(can, cannot), held: auroc(odd(can), odd(cannot)), unanswerable: cannot.length },
    };
  });
}

async function cranfield(folder: string, models: Models): Promise<Figures> {
  const set = readCranfield(folder);
  return withCorpus(set.items.map(({ text }) => text), models, async (corpus) => ({
    cranfield: { questions: set.queries.length, ...figuresOf(await rankAll(corpus, set), ndcg10, 'ndcg10') },
  }));
}

const withCorpus = (texts: readonly string[], models: Models, work: (corpus: Corpus) => Promise<Figures>): Promise<Figures> =>
  inFolder(async (folder) => {
    const corpus = await kept(path.join(folder, 'data'), await written(path.join(folder, 'files'), texts), { ...models, title: false });
    return work(corpus).finally(() => corpus.close());
  });

type Rankings = { plain: Ranked<string>[]; words: Ranked<string>[]; fused: Ranked<string>[] };

/** As typed into the search box. */
async function rankAll(corpus: Corpus, { items, queries }: EvaluationSet): Promise<Rankings> {
  const rankings: Rankings = { plain: [], words: [], fused: [] };
  const typed = async (text: string, meaning: boolean) => (await findNotes(corpus, { text, limit: depth, meaning, now: 0 }, never)).hits.map(({ id }) => items[corpus.at(id)]!.id);
  for (const { text, gold } of queries) {
    rankings.plain.push({ gold, found: corpus.plain(text, depth).map((at) => items[at]!.id) });
    rankings.words.push({ gold, found: await typed(text, false) });
    rankings.fused.push({ gold, found: await typed(text, true) });
  }
  return rankings;
}

function figuresOf(rankings: { [name: string]: Ranked<string>[] }, value: (one: Ranked<string>) => number, name: string): Figures {
  return Object.fromEntries(Object.entries(rankings).map(([way, ranked]) => {
    const { all, even, odd } = withHalves(ranked, value);
    return [way, { [name]: all, even, odd }];
  }));
}

async function knownItems(folder: string, models: Models, some: number): Promise<Figures> {
  const figures: Figures = {};
  for (const vault of vaults.filter((name) => existsSync(path.join(folder, name)))) {
    const notes = await readVault(path.join(folder, vault));
    figures[vault.replace('vault_', '')] = {
      heading: await knownIn(notes.map(withoutHeadings), models, { items: eachOf(byHeading(notes), some), found: passagesFound(notes) }),
      link: await knownIn(notes.map((note) => note), models, { items: eachOf(byLink(notes), some), found: notesFound }),
    };
  }
  return figures;
}

const withoutHeadings = (note: VaultNote): VaultNote => ({ ...note, chunks: note.chunks.map((chunk) => ({ ...chunk, headings: [] })) });

type Search = { plain(text: string): string[]; ours(text: string, meaning: boolean): Promise<string[]>; gold(item: KnownItem): string };
type Sought = { items: KnownItem[]; found(corpus: Corpus): Search };

const knownIn = (notes: readonly VaultNote[], models: Models, { items, found }: Sought): Promise<Figures> =>
  inFolder(async (folder) => {
    const given = notes.map(({ path: file, document, chunks }): Written => ({ path: file, title: document.title, chunks }));
    const corpus = await kept(folder, given, { ...models, title: true });
    const search = found(corpus);
    const rankings: Rankings = { plain: [], words: [], fused: [] };
    for (const item of items) {
      const gold = new Map([[search.gold(item), 1]]);
      const without = (all: string[]) => [...new Set(all)].filter((one) => item.from === null || one !== String(item.from));
      rankings.plain.push({ gold, found: without(search.plain(item.text)) });
      rankings.words.push({ gold, found: without(await search.ours(item.text, false)) });
      rankings.fused.push({ gold, found: without(await search.ours(item.text, true)) });
    }
    await corpus.close();
    const { fused, ...others } = figuresOf(rankings, (one) => recallAt(one, 5), 'r5');
    return { items: items.length, ...(fused as Figures), ...others };
  });

/** Notes by where they stand, as typed into the search box. */
const notesFound = (corpus: Corpus): Search => ({
  plain: (text) => corpus.plain(text, depth).map(String),
  ours: async (text, meaning) => (await findNotes(corpus, { text, limit: depth, meaning, now: 0 }, never)).hits.map(({ id }) => String(corpus.at(id))),
  gold: ({ note }) => String(note),
});

/** Sections: a passage stands for the one it is in. */
const passagesFound = (notes: readonly VaultNote[]) => (corpus: Corpus): Search => {
  const section = (note: number, chunk: number) => `${note} ${JSON.stringify(notes[note]!.chunks[chunk]!.headings)}`;
  const places = notes.map(({ chunks }) => new Map(chunks.map(({ place }, at) => [place.from, at])));
  return {
    plain: (text) => corpus.plainPassages(text, 3 * depth).map(({ note, chunk }) => section(note, chunk)),
    async ours(text, meaning) {
      const { passages } = await findPassages(meaning ? corpus : { db: corpus.db }, { question: text, scope: everyNote, limit: 3 * depth, now: 0 }, never);
      return passages.map(({ note, passage }) => section(corpus.at(note.id), places[corpus.at(note.id)]!.get(passage.place.from)!));
    },
    gold: ({ note, chunks }) => section(note, [...chunks!][0]!),
  };
};

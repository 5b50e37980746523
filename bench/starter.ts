import path from 'node:path';
import { parseArgs } from 'node:util';
import type { ProcessEngine } from '../main/engine/client.ts';
import { modelsFolder } from '../main/host/places.ts';
import { readCatalogue, type BundledModel, type Catalogue } from '../main/models/catalogue.ts';
import type { Bench, Figures } from './bench.ts';
import { answerAll, printAnswers, scoreAbilities } from './starter/abilities.ts';
import { askOf, openEngine } from './starter/asking.ts';
import { casesFolder, chooseCases, readCases, type Case } from './starter/cases.ts';
import { measurePersonas, voicesIn, voicesOf, type Voice } from './starter/personas.ts';
import { measureDense, measureRecall, measureSts } from './starter/retrieval.ts';
import { readSquad, readSts } from './starter/sets.ts';
import { loadChat, memoryMb, sizesOf, textsPerSecond, wordsPerSecond } from './starter/speed.ts';
import { measureApp } from './starter/wholeApp.ts';

export const bench: Bench = {
  name: 'starter',
  about: 'the bundled models’ abilities, voices and search [--data <folder of sets>] [--embedder] [--models|--chat|--adapters|--embedding|--cases <path>] [--only <ability>] [--limit <n>] [--app <n>] [--print]',
  run: ({ arguments: given }) => run(readOptions(given)),
};

type Options = {
  data: string | null;
  embedderOnly: boolean;
  /** With its catalogue; what ships unless other files are tried. */
  modelsFolder: string;
  chat: BundledModel;
  voices: Voice[];
  embedding: string;
  cases: Case[];
  limit: number;
  only: string | undefined;
  /** Questions of an ability asked in the whole app. */
  app: number;
  print: boolean;
};

function readOptions(given: string[]): Options {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    args: given,
    options: { data: text, embedder: { type: 'boolean' }, models: text, chat: text, adapters: text, embedding: text, cases: text, only: text, limit: text, app: text, print: { type: 'boolean' } },
  });
  const place = (wanted: string | undefined, usual: string) => (wanted === undefined ? usual : path.resolve(wanted));
  const folder = place(values.models, modelsFolder);
  const catalogue = readCatalogue(folder);
  const shipped = (role: 'chat' | 'embedder') => catalogue.models.find((model) => model.role === role)!;
  const limit = numberOf(values.limit, Infinity);
  return {
    data: values.data === undefined ? null : path.resolve(values.data),
    embedderOnly: values.embedder ?? false,
    modelsFolder: folder,
    chat: { ...shipped('chat'), path: place(values.chat, shipped('chat').path) },
    voices: voicesFor(catalogue, values),
    embedding: place(values.embedding, shipped('embedder').path),
    cases: chooseCases(readCases(place(values.cases, casesFolder)), { only: values.only, limit }),
    only: values.only,
    limit,
    app: numberOf(values.app, 0),
    print: values.print ?? false,
  };
}

function numberOf(text: string | undefined, usual: number): number {
  const number = text === undefined ? usual : Number(text);
  if (Number.isNaN(number) || number < 0) throw new Error(`"${text}" is no number.`);
  return number;
}

/** Adapters made for other weights have nothing to say about these. */
function voicesFor(catalogue: Catalogue, { chat, adapters }: { chat?: string | undefined; adapters?: string | undefined }): Voice[] {
  if (adapters !== undefined) return voicesIn(path.resolve(adapters));
  return chat === undefined ? voicesOf(catalogue.adapters, catalogue.models.find(({ role }) => role === 'chat')!.sha256) : [];
}

async function run(options: Options): Promise<Figures> {
  const engine = openEngine();
  try {
    // Starting the process is not loading a model.
    await engine.inspect(options.embedding);
    const chat = options.embedderOnly ? {} : await measureChat(engine, options);
    const embedder = options.only === undefined ? await measureEmbedder(engine, options) : {};
    const app = options.app > 0 ? { app: await measureApp(options.modelsFolder, options.cases, { each: options.app, print: options.print }) } : {};
    return { ...chat, ...embedder, ...app };
  } finally {
    await engine.dispose();
  }
}

async function measureChat(engine: ProcessEngine, options: Options): Promise<Figures> {
  const loadMs = await loadChat(engine, options.chat.path);
  if (options.cases.length === 0) {
    console.log('There are no evaluation cases to ask: bench/starter/cases is empty, or --only names no ability.');
    return { loadMs };
  }
  const ask = askOf(engine, options.chat.prompt?.instructions ?? '');
  const isPersona = ({ ability }: Case) => ability === 'persona' || ability.startsWith('persona.');
  const cases = options.cases.filter((given) => !isPersona(given));
  const answered = await answerAll(cases, ask);
  printAnswers(answered, options.print);
  const persona = await measurePersonas(options.cases.filter(isPersona), { voices: options.voices, ask, print: options.print });
  return {
    ...scoreAbilities(answered),
    ...(Object.keys(persona).length > 0 ? { persona } : {}),
    wordsPerSecond: await wordsPerSecond(options.cases, ask),
    loadMs,
  };
}

async function measureEmbedder(engine: ProcessEngine, { modelsFolder: folder, embedding, chat, voices, data, limit, embedderOnly }: Options): Promise<Figures> {
  await engine.loadEmbedder({ path: embedding, name: 'measured' });
  const figures: Figures = {};
  if (data === null) console.log('STS and SQuAD are left out: give --data <folder with sts/ and squad_dev/>.');
  const pairs = data === null ? null : spread(readSts(data) ?? [], limit);
  if (pairs && pairs.length > 0) figures.sts = await measureSts(engine, pairs);
  const whole = data === null ? null : readSquad(data);
  if (whole) {
    const squad = { ...whole, questions: spread(whole.questions, limit) };
    const dense = await measureDense(engine, squad);
    const { words, fused } = await measureRecall(squad, { modelsFolder: folder, embedderPath: embedding });
    figures.squad = { words: { r5: words }, dense: { r5: dense }, fused: { r5: fused }, questions: squad.questions.length };
  }
  figures.textsPerSecond = await textsPerSecond(engine, shortTexts);
  figures.memoryMb = memoryMb(engine);
  figures.sizes = sizesOf([...(embedderOnly ? [] : [chat.path, ...voices.flatMap(({ overlay }) => overlay.map((adapter) => adapter.path))]), embedding]);
  return figures;
}

/** So many at even distances: a beginning would all be of one kind. */
function spread<T>(all: T[], most: number): T[] {
  if (all.length <= most) return all;
  return Array.from({ length: most }, (_, index) => all[Math.floor((index * all.length) / most)]!);
}

/** As long as what people say in a line. */
const shortTexts = [
  'My sister lives in Porto.',
  'Where did I put the spare key for the bicycle?',
  'We painted the living room a warm yellow last spring.',
  'Thanks, that helps a lot!',
  'The flight leaves at seven in the morning on Friday.',
  'Remember that Tomek builds furniture out of oak.',
  'What did the dentist say about my teeth?',
  'I started taking cello lessons and practise on Tuesdays and Thursdays.',
];

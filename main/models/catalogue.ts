/** The models and adapters that come with the app. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { ModelRole } from '../contract/model.ts';

/**
 * How far a model that is not trusted is believed, by what `npm run bench -- starter` measures of it. Whatever stands here,
 * an answer about the owner must be a remembered sentence in its own words turned to "you" (`main/chat/standing.ts`): a small
 * model that is right nine times in ten is wrong too often to be believed on its word, and right often enough to speak.
 */
const Trust = z.object({
  /**
   * Lines that only may bear on the question are given to it, and it may say that none does. For a model whose
   * `notThere.recall` is at least 0.9 at a `notThere.falseAlarm` of at most 0.05; otherwise the app quotes the nearest line
   * itself, since a weaker model answers from any line it is given.
   */
  weighs: z.boolean().default(false),
  /**
   * Of two lines that answer it may name the earlier: the later one may speak of something else. For a model whose `newer`
   * is at least 0.9; otherwise the latest line that answers is quoted.
   */
  picksNewer: z.boolean().default(false),
  /**
   * It may answer what has nothing to do with the owner. For a model whose `general` answers are worth reading and that says
   * so when it does not know (`generalNotKnown` at least 0.9); otherwise the app points to larger models.
   */
  general: z.boolean().default(false),
});

/** The prompt a model was trained on: it knows no other. */
const PromptNotes = z.object({
  instructions: z.string(),
  /**
   * Remembered lines it is given at most. Small models confuse lines, the more the oftener (`groundedByLines`): as many as
   * leave nine answers in ten right.
   */
  memoryLines: z.number().int(),
  titleInstructions: z.string(),
  /** 0: what it was measured at. */
  temperature: z.number(),
  /** Earlier turns it can follow; 0: each question stands alone. */
  historyTurns: z.number().int().default(0),
  trust: Trust.default({ weighs: false, picksNewer: false, general: false }),
});

const BundledModel = z.object({
  name: z.string(),
  /** Relative to the catalogue. */
  file: z.string(),
  role: ModelRole,
  sha256: z.string().length(64),
  sizeBytes: z.number(),
  /** What it was trained to, where that is less than its file declares. */
  trainedWindowTokens: z.number().int().nullable(),
  trusted: z.boolean(),
  prompt: PromptNotes.nullable(),
});

const BundledAdapter = z.object({
  name: z.string(),
  file: z.string(),
  sha256: z.string().length(64),
  sizeBytes: z.number(),
  baseSha256: z.string().length(64),
  /** A file of the set phrases it was trained on; null where it has none that state nothing. */
  phrases: z.string().nullable().default(null),
});

/** As `main/chat/voice.ts` explains them. */
const Phrases = z.object({ around: z.array(z.string().includes('…')), refusing: z.array(z.string()), noting: z.array(z.string()) });

const CatalogueFile = z.object({ version: z.literal(1), models: z.array(BundledModel), adapters: z.array(BundledAdapter) });

/** With the absolute path of each file. */
export type BundledModel = z.infer<typeof BundledModel> & { path: string };
export type BundledAdapter = z.infer<typeof BundledAdapter> & { path: string; phrasesPath: string | null };
export type Catalogue = { models: BundledModel[]; adapters: BundledAdapter[] };

/** `folder` holds catalogue.json and what it names. It ships with the app, so a mistake in it throws. */
export function readCatalogue(folder: string): Catalogue {
  const { models, adapters } = CatalogueFile.parse(JSON.parse(readFileSync(join(folder, 'catalogue.json'), 'utf8')));
  const placed = <T extends { file: string }>(entry: T) => ({ ...entry, path: join(folder, entry.file) });
  const phrasesPath = (phrases: string | null) => phrases && join(folder, phrases);
  return { models: models.map(placed), adapters: adapters.map((adapter) => ({ ...placed(adapter), phrasesPath: phrasesPath(adapter.phrases) })) };
}

/** The phrases of the bundled adapters among these files. */
export function phrasesOf(catalogue: Catalogue, adapterPaths: string[]): z.infer<typeof Phrases> {
  const used = catalogue.adapters.filter(({ path, phrasesPath }) => phrasesPath !== null && adapterPaths.includes(path));
  const read = used.map(({ phrasesPath }) => Phrases.parse(JSON.parse(readFileSync(phrasesPath!, 'utf8'))));
  return { around: read.flatMap(({ around }) => around), refusing: read.flatMap(({ refusing }) => refusing), noting: read.flatMap(({ noting }) => noting) };
}

/** What is loaded until the owner chooses. */
export function bundledDefaults(catalogue: Catalogue): { chatModelPath: string | null; embedderPath: string | null; rerankerPath: string | null } {
  const first = (role: ModelRole) => catalogue.models.find((model) => model.role === role)?.path ?? null;
  return { chatModelPath: first('chat'), embedderPath: first('embedder'), rerankerPath: first('reranker') };
}

/** The models and adapters that come with the app. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { ModelRole } from '../contract/model.ts';

/** Notes on the prompt a model was trained on. */
const PromptNotes = z.object({
  instructions: z.string(),
  memoryHeading: z.string(),
  memoryLines: z.number().int(),
  titleInstructions: z.string(),
  temperature: z.number(),
  /** Earlier turns it can follow; 0: each question stands alone. */
  historyTurns: z.number().int().default(0),
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
  /** Where it was trained to find remembered lines; null for embedders. */
  memoryPlace: z.enum(['question', 'system']).nullable(),
  trusted: z.boolean(),
  prompt: PromptNotes.nullable(),
});

const BundledAdapter = z.object({ name: z.string(), file: z.string(), sha256: z.string().length(64), sizeBytes: z.number(), baseSha256: z.string().length(64) });

const CatalogueFile = z.object({ version: z.literal(1), models: z.array(BundledModel), adapters: z.array(BundledAdapter) });

/** With the absolute path of each file. */
export type BundledModel = z.infer<typeof BundledModel> & { path: string };
export type BundledAdapter = z.infer<typeof BundledAdapter> & { path: string };
export type Catalogue = { models: BundledModel[]; adapters: BundledAdapter[] };

/** `folder` holds catalogue.json and what it names. It ships with the app, so a mistake in it throws. */
export function readCatalogue(folder: string): Catalogue {
  const { models, adapters } = CatalogueFile.parse(JSON.parse(readFileSync(join(folder, 'catalogue.json'), 'utf8')));
  const placed = <T extends { file: string }>(entry: T) => ({ ...entry, path: join(folder, entry.file) });
  return { models: models.map(placed), adapters: adapters.map(placed) };
}

/** What is loaded until the owner chooses. */
export function bundledDefaults(catalogue: Catalogue): { chatModelPath: string | null; embedderPath: string | null } {
  const first = (role: ModelRole) => catalogue.models.find((model) => model.role === role)?.path ?? null;
  return { chatModelPath: first('chat'), embedderPath: first('embedder') };
}

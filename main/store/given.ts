/** What an answer was made from, as it is stored with it: ids wherever a text stands elsewhere, so that what is forgotten there is gone here. */
import type { CitedNote, RecallScores } from '../contract/memory.ts';
import type { CutReason } from '../contract/receipt.ts';
import type { Research } from '../contract/research.ts';

/** What rebuilds a prompt beside the conversation itself. */
export type PromptRecord = {
  model: string;
  system: string;
  /** The first question that was given; earlier ones had no room. */
  from: string | null;
  /** Earlier answers stood in it with their marks in front. */
  marksInFront: boolean;
  /** Characters that the answer had when it was continued. */
  soFar: number;
};

export type CutRecord = { memoryId: string; reason: CutReason; scores: RecallScores };

export type PassageCutRecord = { id: string; reason: CutReason; score: number; note: CitedNote };

export type Given = {
  /** The remembered lines that went with the question. */
  lines: string[];
  /** Absent where no model was asked. */
  prompt?: PromptRecord;
  cut?: CutRecord[];
  cutMore?: number;
  /** Passages of notes that were found and left out; best first, and how many more. */
  passagesCut?: PassageCutRecord[];
  passagesCutMore?: number;
  /** How it was gathered, step by step. */
  research?: Research;
  /** Ids of claims. */
  claims?: string[];
  /** Memories that the owner was asked about, whether to forget them: each with the places of its sentences, null for the most telling one. */
  proposal?: { memoryId: string; sentences: number[] | null }[];
  /** Forgettings that the answer tells of. */
  forgettings?: string[];
};

/** Earlier versions stored the lines alone. */
export function readGiven(stored: string): Given {
  const value = JSON.parse(stored) as Given | string[];
  return Array.isArray(value) ? { lines: value } : value;
}

/** An answer made from nothing is stored as ever. */
export const writeGiven = (given: Given): string => JSON.stringify(given.lines.length === 0 && Object.keys(given).length === 1 ? [] : given);

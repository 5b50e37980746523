/** What a turn needs from the rest of the assistant, as one object of functions. */
import type { Conversation, Message } from '../contract/conversation.ts';
import type { Handlers } from '../contract/contract.ts';
import type { CitedNote, MemoryCitation } from '../contract/memory.ts';
import type { NoteScope } from '../contract/note.ts';
import type { Persona } from '../contract/persona.ts';
import type { Settings } from '../contract/app.ts';
import type { Engine, Overlay } from '../engine/engine.ts';
import type { Forget } from '../memory/forget.ts';
import type { AttachmentStore } from '../store/attachments.ts';
import type { Database } from '../store/database.ts';
import type { MessageStore } from '../store/messages.ts';
import type { TrainedForm } from './prompt.ts';
import type { Library } from './research/sources.ts';
import type { Phrases } from './voice.ts';

/** The loaded chat model, as far as a turn is concerned. */
export type ChatModel = {
  /** File name, for the line under an answer. */
  name: string;
  windowTokens: number;
  /** False: too small to be believed about the owner; the trust rule applies. */
  trusted: boolean;
  /** The prompt it was trained on, and only knows; null for a model that reads any. */
  trained: TrainedForm | null;
};

/** A persona with the overlay that fits the loaded base; adapters that do not fit are left out. */
export type ActingPersona = {
  persona: Persona;
  overlay: Overlay;
  /** In which its adapters were trained to speak. */
  phrases: Phrases;
};

export type RecallQuery = {
  question: string;
  persona: Persona;
  /** In which it is asked. */
  conversationId: string;
  /** Messages that the model sees anyway. */
  leaveOut: string[];
  /** About so much text is worth bringing, tokens. */
  tokens: number;
};

/** Citations best first, marked from 1, none of them used yet. */
export type Recalled = { citations: MemoryCitation[]; mode: 'hybrid' | 'words' };

/** A passage of a note, or of an attached file. */
export type Passage = {
  id: string;
  note: CitedNote;
  kind: string;
  text: string;
  /** Words of the question that it holds, as they stand there. */
  met: string[];
  /** 0 to 1, the best having 1; comparable within one finding only. */
  score: number;
};

/** Best first. `confidence`: how likely they hold the answer, 0 to 1. */
export type PassagesFound = { passages: Passage[]; confidence: number };

/** The owner's notes, as far as a turn is concerned. */
export type NoteSource = {
  /** What bears on the question, of this scope and nothing else. */
  find(query: { question: string; scope: NoteScope; limit: number }, signal: AbortSignal): Promise<PassagesFound>;
  /** How far each line tells the answer, and what that is worth, 0 to 1; null where nothing reads. */
  read(question: string, lines: string[], signal: AbortSignal): Promise<{ tells: number[]; earned: number } | null>;
  /** The same notes as a research looks into them. */
  library(scope: NoteScope): Library;
  /** All passages of a note, in their order; none where it has gone. */
  whole(noteId: string): Passage[];
  /** Notes there are, and how many of them are still to be read. */
  count(): { notes: number; waiting: number };
};

export type TurnEnd = { conversation: Conversation; question: Pick<Message, 'id' | 'text'>; answer: Message };

/** Through which a turn does what the owner asks of memory itself. */
export type Keeping = {
  db: Database;
  forget: Pick<Forget, 'preview' | 'forget' | 'undo'>;
  claims: Pick<Handlers['claims'], 'edit'>;
  memory: Pick<Handlers['memory'], 'correct'>;
  /** Claims have changed. */
  changed(): void;
};

export type ChatDependencies = {
  keeping: Keeping;
  conversation(id: string): Conversation;
  /** The messages of the conversation or message with this id: temporary ones live elsewhere. */
  messages(id: string): MessageStore;
  persona(id: string): Persona;
  acting(personaId: string): Promise<ActingPersona>;
  /** Null while no chat model is loaded. */
  model(): ChatModel | null;
  settings(): Settings;
  recall(query: RecallQuery, signal: AbortSignal): Promise<Recalled>;
  notes: NoteSource;
  /** What goes with questions of the conversation or message with this id. */
  attachments(id: string): AttachmentStore;
  /** What the owner said last and pinned, best first, for "What do you know about me?" beside what is claimed. */
  overview(where: { persona: Persona; conversationId: string }, limit: number): MemoryCitation[];
  /** Marks the citations that the answer drew on. */
  markUsed(answer: string, question: string, citations: MemoryCitation[]): MemoryCitation[];
  engine: Pick<Engine, 'generate' | 'prepare' | 'countTokens'>;
  /** Called once after an answer is saved, whatever became of it. Must not throw; whatever it starts is off the turn. */
  ended(end: TurnEnd): void;
  /** Called when a turn begins, so that work in the background steps aside; what it returns, when the turn is over. */
  begins(conversationId: string): () => void;
  /** Resolves once a model that is being loaded is there, or cannot be. */
  modelSettled(signal: AbortSignal): Promise<void>;
  now(): number;
};

/**
 * Everything that may cross the wire between a window (or a command line) and the assistant.
 * Two kinds of route, no third: a call answers once, a stream answers until it ends.
 */
import { z } from 'zod';
import { AppEvent, AppInfo, Backup, FolderListing, IndexStatus, Settings } from './app.ts';
import { Aside, Claim, ClaimGroup, ClaimOrder, ClaimOrigin, ClaimStatus, ClaimTopic, KnownClaim, Profile, Proposal } from './claim.ts';
import { ChatEvent, Conversation, ConversationFile, OpenConversation } from './conversation.ts';
import { ImportEvent } from './importing.ts';
import { CitedNote, Forgetting, ForgetPreview, Memory, MemoryCitation, MemoryScope } from './memory.ts';
import { EngineStatus, Hardware, LoadEvent, Model } from './model.ts';
import { Attachment, Note, NoteFolder, NoteHit, NotePassage, NoteResults, NoteScope, NotesStatus, OpenNote } from './note.ts';
import { Adapter, AdapterUse, Persona, PersonaDraft, PersonaFile } from './persona.ts';
import { Receipt } from './receipt.ts';
import { Answering } from './research.ts';
import { RecentSearch, SearchResults } from './search.ts';
import { call, stream, type Client as ClientOf, type Handlers as HandlersOf } from './route.ts';

const nothing = z.object({});
const byId = z.object({ id: z.string() });
const conversationId = z.string();
/** Larger than any window; refused before it is saved. */
const messageText = z.string().trim().min(1).max(2_000_000);
/** Which proposals: of this origin, slot and topic, null for any. What reads like an order is never among them. */
const proposals = z.object({ origin: ClaimOrigin.nullable(), slot: z.string().nullable(), topic: ClaimTopic.nullable().optional() });
/** Null: what every persona knows. */
const whose = z.object({ personaId: z.string().nullable() });
const forgetSentences = z.array(z.number().int().min(0)).max(10_000).optional();
const title = z.string().trim().min(1).max(200);

export const contract = {
  app: {
    info: call(nothing, AppInfo),
    events: stream(nothing, AppEvent),
    settings: call(nothing, Settings),
    changeSettings: call(Settings.partial(), Settings),
    browse: call(z.object({ path: z.string().nullable(), extensions: z.array(z.string()) }), FolderListing),
    /** Asks the shell for a file; null when cancelled. Fails with `not-allowed` where there is no shell: use `browse`. */
    pick: call(z.object({ title: z.string(), extensions: z.array(z.string()), folder: z.boolean() }), z.string().nullable()),
    reveal: call(z.object({ path: z.string() }), nothing),
    backups: call(nothing, z.array(Backup)),
    backUp: call(nothing, Backup),
    restore: call(z.object({ name: z.string() }), nothing),
    removeBackup: call(z.object({ name: z.string() }), nothing),
    /**
     * Conversations, memories, claims and personas in a folder the owner chose: as one JSON file with its schema beside
     * it, which can be imported again (unless told otherwise), or as a folder of Markdown for reading.
     */
    export: call(z.object({ folder: z.string(), format: z.enum(['json', 'markdown']).optional() }), z.object({ path: z.string() })),
    /** Everything in the data folder but the model files. `confirm` must be the word "erase". */
    eraseEverything: call(z.object({ confirm: z.literal('erase') }), nothing),
  },
  conversation: {
    list: call(z.object({ archived: z.boolean() }), z.array(Conversation)),
    open: call(byId, OpenConversation),
    create: call(z.object({ personaId: z.string(), temporary: z.boolean() }), Conversation),
    rename: call(z.object({ id: conversationId, title }), Conversation),
    pin: call(z.object({ id: conversationId, pinned: z.boolean() }), Conversation),
    archive: call(z.object({ id: conversationId, archived: z.boolean() }), Conversation),
    setPersona: call(z.object({ id: conversationId, personaId: z.string() }), Conversation),
    /** Keeps it to itself, with all that was said in it already, or no longer. Fails with `not-allowed` for a temporary one. */
    keep: call(z.object({ id: conversationId, kept: z.boolean() }), Conversation),
    /** Which notes its answers may draw on from now on; null: none. */
    setNotes: call(z.object({ id: conversationId, notes: NoteScope.nullable() }), Conversation),
    setDraft: call(z.object({ id: conversationId, draft: z.string().max(2_000_000) }), nothing),
    /** Hidden at once, erased after a while; `undoDelete` brings it back until then. */
    delete: call(byId, z.object({ erasesAt: z.number() })),
    undoDelete: call(byId, Conversation),
    /** Shows the branch that holds this message. */
    chooseBranch: call(z.object({ id: conversationId, messageId: z.string() }), OpenConversation),
    export: call(z.object({ id: conversationId, format: z.enum(['markdown', 'json']) }), z.object({ name: z.string(), text: z.string() })),
    import: call(z.object({ file: ConversationFile, personaId: z.string() }), Conversation),
    /** Reads a file of this machine: Engram's JSON or Markdown export. */
    importFile: call(z.object({ path: z.string() }), z.array(Conversation)),
    /**
     * Reads a file of this machine that another assistant exported (ChatGPT, Claude: the zip or the JSON in it), a list
     * of messages, Markdown, or Engram's own. What is known already is not imported again; stopping keeps what is in.
     */
    importPast: stream(z.object({ path: z.string() }), ImportEvent),
  },
  chat: {
    /** `editOf` resends an edited question beside the old one; the old branch stays. `how`: absent, its wording tells whether it is a research. */
    send: stream(z.object({ conversationId, text: messageText, editOf: z.string().nullable(), how: Answering.optional() }), ChatEvent),
    /**
     * Puts a note, or a file that is read for this alone, beside the question that is being written; a file that is one of
     * the notes is that note. Fails with `bad-file` where nothing in it can be read, with `too-large`.
     */
    attach: call(
      z.object({ conversationId, what: z.union([z.object({ noteId: z.string() }), z.object({ name: z.string().min(1).max(255), base64: z.string().max(28_000_000) })]) }),
      Attachment,
    ),
    detach: call(z.object({ conversationId, id: z.string() }), nothing),
    /** What waits to go with the next question. */
    attached: call(z.object({ conversationId }), z.array(Attachment)),
    /** Another answer beside this one; absent `how`, in the way it was answered. */
    regenerate: stream(z.object({ conversationId, answerId: z.string(), how: Answering.optional() }), ChatEvent),
    /** Goes on where a stopped answer ended, in the same message. */
    continue: stream(z.object({ conversationId, answerId: z.string() }), ChatEvent),
    /** Applies the persona's overlay and reads the conversation's prompt ahead, so that the next answer starts at once. */
    prepare: call(z.object({ conversationId }), z.object({ tokens: z.number().int(), ms: z.number() })),
    /** What an answer was made from: the prompt as the model was given it, and what was recalled and left out. */
    receipt: call(z.object({ conversationId, answerId: z.string() }), Receipt),
  },
  memory: {
    list: call(
      z.object({
        filter: z.enum(['statements', 'questions', 'written', 'pinned', 'replaced', 'answers', 'all']),
        text: z.string(),
        personaId: z.string().nullable(),
        limit: z.number().int().min(1).max(500),
        /** The last memory of the page before, for the next page: newest first, equal times in a fixed order. */
        before: z.object({ at: z.number(), id: z.string() }).nullable(),
      }),
      z.object({ memories: z.array(Memory), total: z.number().int() }),
    ),
    get: call(byId, Memory),
    remember: call(z.object({ text: z.string().trim().min(1).max(10_000), scope: MemoryScope, personaId: z.string().nullable() }), Memory),
    /** Writes a correction that replaces this memory; the old one stays in the history. */
    correct: call(z.object({ id: z.string(), text: z.string().trim().min(1).max(10_000) }), Memory),
    pin: call(z.object({ id: z.string(), pinned: z.boolean() }), Memory),
    recall: call(
      z.object({
        question: z.string().min(1).max(20_000),
        personaId: z.string(),
        /** What is kept to a conversation is recalled for that one only; absent: none of it. */
        conversationId: z.string().nullable().optional(),
        limit: z.number().int().min(1).max(1_000),
        meaning: z.boolean(),
      }),
      z.object({
        citations: z.array(MemoryCitation),
        mode: z.enum(['hybrid', 'words', 'none']),
        /** How likely something that was found tells the answer, 0 to 1; 0 when nothing was found. */
        bearing: z.number(),
        ms: z.number(),
      }),
    ),
    /** `sentences`: which of what the memory says, by their places in the preview's list; absent: the most telling one. */
    previewForget: call(z.object({ id: z.string(), sentences: forgetSentences }), ForgetPreview),
    /** `carriers`: keys of the preview that the owner confirmed. With no grace period it answers when the bytes are gone. */
    forget: call(
      z.object({ id: z.string(), sentences: forgetSentences, carriers: z.array(z.string()), graceSeconds: z.number().int().min(0).nullable() }),
      Forgetting,
    ),
    undoForget: call(byId, Forgetting),
    forgettings: call(nothing, z.array(Forgetting)),
    index: call(nothing, IndexStatus),
  },
  claims: {
    list: call(
      z.object({
        status: z.union([ClaimStatus, z.literal('all')]),
        /** Of whom: "you", "sister Ana"; null for everybody. */
        subject: z.string().nullable(),
        text: z.string().max(1_000),
        limit: z.number().int().min(1).max(500),
        /** The last claim of the page before, for the next page: newest first, equal times in a fixed order. */
        before: z.object({ at: z.number(), id: z.string() }).nullable(),
      }),
      z.object({ claims: z.array(Claim), total: z.number().int() }),
    ),
    /** What holds, each thing once. `group`: only of this one; null for all. */
    known: call(
      z.object({ by: ClaimOrder, group: z.string().nullable(), text: z.string().max(1_000), pinned: z.boolean(), limit: z.number().int().min(1).max(2_000) }),
      z.object({ by: ClaimOrder, groups: z.array(ClaimGroup), known: z.array(KnownClaim), total: z.number().int() }),
    ),
    /** Every claim that says the same as this one, and what they took the place of; each latest first. */
    about: call(byId, z.object({ sources: z.array(Claim), replaced: z.array(Claim) })),
    /** Everything ever claimed of it, oldest first. */
    history: call(z.object({ subject: z.string(), slot: z.string() }), z.array(Claim)),
    /** What contradicts each other, for the owner to say which is right: reject one, or keep both. */
    conflicts: call(nothing, z.array(z.object({ older: Claim, newer: Claim }))),
    /** Memories that have still to be read for claims. */
    waiting: call(nothing, z.object({ count: z.number().int() })),
    /** What waits for the owner, each thing once. */
    asking: call(nothing, z.object({ proposed: z.number().int(), aside: z.number().int(), conflicts: z.number().int() })),
    /** What is proposed, by topic, at most so many of each; and what is kept aside, with the reason. */
    proposals: call(
      z.object({ origin: ClaimOrigin.nullable(), most: z.number().int().min(1).max(2_000) }),
      z.object({ groups: z.array(z.object({ topic: ClaimTopic, count: z.number().int(), proposals: z.array(Proposal) })), aside: z.array(Aside) }),
    ),
    /** With everything proposed that says the same. */
    accept: call(byId, Claim),
    /** With everything that says the same. */
    reject: call(byId, Claim),
    acceptAll: call(proposals, z.object({ accepted: z.number().int(), ids: z.array(z.string()) })),
    rejectAll: call(proposals, z.object({ rejected: z.number().int(), ids: z.array(z.string()) })),
    /** Undoes what was decided of these: they wait again, as proposals or kept aside. */
    putBack: call(z.object({ ids: z.array(z.string()).max(100_000), as: z.enum(['proposed', 'quarantined']) }), nothing),
    /** The owner's value takes its place from now on; answers the new claim, which rests on a line written by the owner. */
    edit: call(z.object({ id: z.string(), value: z.string().trim().min(1).max(200) }), Claim),
    pin: call(z.object({ id: z.string(), pinned: z.boolean() }), Claim),
    /** Both sides of a contradiction are right; it is not asked about again. */
    keepBoth: call(byId, Claim),
    /** Both mean the same: whatever says the one says the other from now on, in the other's words, and rests on all sources. */
    merge: call(z.object({ id: z.string(), into: z.string() }), Claim),
    /** A merged claim reads again as it did. */
    split: call(byId, Claim),
    profile: call(whose, Profile),
    /** The owner's text counts from now on. Fails with `invalid-input` where it is longer than the profile may be. */
    writeProfile: call(whose.extend({ text: z.string().max(10_000) }), Profile),
    /** Drops the owner's text for what is compiled. */
    compileProfile: call(whose, Profile),
  },
  search: {
    /**
     * Over everything, as it is typed: words, "phrases", `-words`, `before:`, `after:`, `in:notes` (or conversations, memories). With `tag:`, `path:`,
     * `folder:` or `type:` only notes answer. `limit`: of notes, and of all else together. `meaning`: notes close in meaning, too.
     */
    query: call(z.object({ text: z.string().max(2_000), limit: z.number().int().min(1).max(200), meaning: z.boolean().optional() }), SearchResults),
    /** What else of a note was met by these words, in its order. */
    passages: call(z.object({ noteId: z.string(), text: z.string().max(2_000), limit: z.number().int().min(1).max(100) }), z.array(NotePassage)),
    /** What was searched for lately, latest first; empty where the owner wants none kept. */
    recent: call(nothing, z.array(RecentSearch)),
    /** Remembers that this was searched for, unless the owner wants that not, or is talking in a temporary conversation. */
    keep: call(z.object({ text: z.string().trim().min(1).max(2_000) }), nothing),
    /** Null: all of them. */
    removeRecent: call(z.object({ text: z.string().max(2_000).nullable() }), nothing),
  },
  notes: {
    folders: call(nothing, z.array(NoteFolder)),
    /** Reads it from now on, and watches it. Fails with `not-found`, `not-allowed`, or `conflict` where it is one already or lies in one. */
    addFolder: call(z.object({ path: z.string() }), NoteFolder),
    changeFolder: call(NoteFolder.pick({ paused: true, ignore: true, hidden: true, largestMb: true }).partial().extend({ id: z.string() }), NoteFolder),
    /** Takes out what was read from it; its files stay as they are. */
    removeFolder: call(byId, nothing),
    /** Looks it through again, now. */
    rescan: call(byId, NoteFolder),
    status: call(nothing, NotesStatus),
    /** All of it, until told otherwise. */
    pause: call(z.object({ paused: z.boolean() }), NotesStatus),
    list: call(
      z.object({
        folderId: z.string().nullable(),
        only: z.enum(['all', 'marked', 'waiting']),
        /** Somewhere in the title or the path. */
        text: z.string().max(1_000),
        limit: z.number().int().min(1).max(1_000),
        /** The last note of the page before: by path within their folders. */
        after: z.object({ folderId: z.string(), path: z.string() }).nullable(),
      }),
      z.object({ notes: z.array(Note), total: z.number().int() }),
    ),
    /** As it is known, without a look at its file. */
    get: call(byId, Note),
    /** As it stands on the disk now. `query`: what was searched for, as it was typed. Fails with `not-found` where its file has gone. */
    open: call(byId.extend({ query: z.string().max(2_000).optional() }), OpenNote),
    /** In the owner's editor (a setting), at a line from 1 where there are lines. */
    edit: call(byId.extend({ line: z.number().int().min(1).nullable() }), nothing),
    /** Shows a note's file, or a folder, where it lies. */
    reveal: call(byId.extend({ what: z.enum(['note', 'folder']) }), nothing),
    /** A note that was cited, as it stands in the lists now; null where it has gone. */
    cited: call(CitedNote.pick({ folderId: true, path: true }).extend({ id: z.string() }), z.object({ note: Note.nullable() })),
    /** Others that say something alike, or are linked. */
    related: call(z.object({ id: z.string(), limit: z.number().int().min(1).max(50) }), z.array(NoteHit)),
    /** Words as they are typed, with `tag:`, `path:`, `type:`, `before:`, `after:`, "phrases" and `-words`. `meaning`: what is close in meaning, too. */
    search: call(
      z.object({ text: z.string().max(2_000), limit: z.number().int().min(1).max(200), meaning: z.boolean() }),
      NoteResults.extend({ ms: z.number() }),
    ),
  },
  persona: {
    list: call(nothing, z.array(Persona)),
    create: call(PersonaDraft, Persona),
    duplicate: call(byId, Persona),
    update: call(z.object({ id: z.string(), draft: PersonaDraft }), Persona),
    delete: call(byId, nothing),
    /** How many statements are kept for this persona alone: nobody recalls them once it is deleted. */
    ownMemories: call(byId, z.object({ count: z.number().int() })),
    export: call(byId, PersonaFile),
    import: call(PersonaFile, Persona),
    adapters: call(nothing, z.array(Adapter)),
    addAdapter: call(z.object({ path: z.string() }), Adapter),
    removeAdapter: call(byId, nothing),
    /** The same question with this overlay and without any, greedily, nothing saved. */
    compare: stream(
      z.object({ instructions: z.string(), adapters: z.array(AdapterUse), question: z.string().min(1).max(4_000) }),
      z.object({ side: z.enum(['with', 'without']), text: z.string() }),
    ),
  },
  model: {
    list: call(nothing, z.array(Model)),
    hardware: call(nothing, Hardware),
    status: call(nothing, EngineStatus),
    /** Adds a file the owner points at; it stays where it is. */
    add: call(z.object({ path: z.string() }), Model),
    remove: call(byId, nothing),
    load: stream(byId, LoadEvent),
    unload: call(byId, nothing),
    restartEngine: call(nothing, EngineStatus),
  },
};
export type Contract = typeof contract;
export type Client = ClientOf<Contract>;
export type Handlers = HandlersOf<Contract>;

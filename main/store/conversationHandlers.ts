import type { Database } from 'better-sqlite3';
import type { Contract } from '../contract/contract.ts';
import type { Conversation, ConversationFile, OpenConversation } from '../contract/conversation.ts';
import type { Handlers } from '../contract/route.ts';
import { exportName, toMarkdown } from './conversationFiles.ts';
import { AppError } from '../contract/errors.ts';
import { brokenTree } from './importConversation.ts';
import { importOwn } from './importOwn.ts';
import { keepConversation, type Moved } from './keeping.ts';
import { routeStores, type Stores } from './stores.ts';

export type ConversationDependencies = {
  db: Database;
  kept: Stores;
  temporary: Stores;
  /** Whose imported conversations become when nobody says. */
  defaultPersonaId(): string;
  /** Called inside the transaction in which memories are kept to a conversation, or no longer. */
  moved(memories: Moved[]): void;
};

/** The `conversation` group of the contract, but for what comes from elsewhere, over the kept and the temporary stores. */
export function createConversationHandlers(dependencies: ConversationDependencies): Omit<Handlers<Contract>['conversation'], 'importPast'> {
  const { db, kept, temporary, defaultPersonaId, moved } = dependencies;
  const route = routeStores(kept, temporary);
  const of = (id: string) => route(id).conversations;
  const open = (id: string): OpenConversation => ({ conversation: of(id).get(id), messages: route(id).messages.branch(id) });
  const importOne = (file: ConversationFile, personaId: string) => importConversation(db, kept, { file, personaId });
  return {
    list: (filter) => [...temporary.conversations.list(filter), ...kept.conversations.list(filter)],
    open: ({ id }) => open(id),
    create: (draft) => (draft.temporary ? temporary : kept).conversations.create({ personaId: draft.personaId }),
    rename: ({ id, title }) => of(id).rename(id, title),
    pin: ({ id, pinned }) => of(id).pin(id, pinned),
    archive: ({ id, archived }) => of(id).archive(id, archived),
    setPersona: ({ id, personaId }) => of(id).setPersona(id, personaId),
    keep({ id, kept: toItself }) {
      if (of(id).get(id).temporary) throw new AppError('not-allowed', 'A temporary conversation keeps nothing at all. Nothing was changed.');
      return db
        .transaction(() => {
          moved(keepConversation(db, id, toItself));
          return of(id).get(id);
        })
        .immediate();
    },
    setNotes: ({ id, notes }) => of(id).setNotes(id, notes),
    setDraft({ id, draft }) {
      of(id).setDraft(id, draft);
      return {};
    },
    delete: ({ id }) => of(id).delete(id),
    undoDelete: ({ id }) => of(id).undoDelete(id),
    chooseBranch({ id, messageId }) {
      route(id).messages.chooseBranch(id, messageId);
      return open(id);
    },
    export({ id, format }) {
      const { title, createdAt, kept: toItself } = of(id).get(id);
      const messages = route(id).messages.exported(id, format === 'json' ? 'all' : 'shown');
      const file: ConversationFile = { format: 'engram-conversation', version: 1, title, createdAt, ...(toItself ? { kept: true } : {}), messages };
      return { name: exportName(title, format), text: format === 'json' ? JSON.stringify(file, null, 2) : toMarkdown(file) };
    },
    import: ({ file, personaId }) => importOne(file, personaId),
    importFile: ({ path }) => importOwn({ db, stores: kept, defaultPersonaId: defaultPersonaId() }, path).conversations,
  };
}

/** Writes a whole conversation in one transaction: all of it, or nothing. */
export function importConversation(
  db: Database,
  stores: Stores,
  { file, personaId }: { file: ConversationFile; personaId: string },
): Conversation {
  return db.transaction(() => {
    const title = file.title.trim().slice(0, 200);
    const conversation = stores.conversations.create({ personaId, title, titledBy: title ? 'owner' : 'nobody', createdAt: file.createdAt, kept: file.kept ?? false });
    const ids = new Map<string, string>();
    for (const message of file.messages) {
      const parentId = message.parentId === null ? null : ids.get(message.parentId);
      if (parentId === undefined || ids.has(message.id)) throw brokenTree(file.title);
      const saved = stores.messages.append({
        conversationId: conversation.id,
        parentId,
        role: message.role,
        text: message.text,
        speaker: message.speaker ?? null,
        caption: message.caption ?? null,
        personaId: message.role === 'assistant' ? personaId : null,
        createdAt: message.createdAt,
      });
      ids.set(message.id, saved.id);
    }
    return stores.conversations.get(conversation.id);
  })();
}

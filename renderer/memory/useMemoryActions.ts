import { useState } from 'react';
import type { Memory } from '../../main/contract/memory.ts';
import { api } from '../api.ts';
import { go } from '../app/route.ts';
import { attempt } from '../ui/index.ts';

export type MemoryActions = {
  pin: (memory: Memory) => void;
  /** Opens the conversation at the message; nothing for what was never said in one. */
  jump: (memory: Memory) => void;
  edit: (memory: Memory) => void;
  forget: (memory: Memory) => void;
  /** The correction being written, if this memory is being corrected. */
  draftOf: (memory: Memory) => string | null;
  setDraft: (text: string) => void;
  saveDraft: () => Promise<void>;
  dropDraft: () => void;
};

/** What can be done to a memory in the list. The draft of a correction lives here, so that scrolling does not lose it. */
export function useMemoryActions(patch: (memory: Memory) => void, forget: (memory: Memory) => void): MemoryActions {
  const [draft, setDraft] = useState<{ id: string; text: string } | null>(null);

  const pin = async (memory: Memory) => {
    patch({ ...memory, pinned: !memory.pinned });
    const changed = await attempt(() => api.memory.pin({ id: memory.id, pinned: !memory.pinned }));
    patch(changed ?? memory);
  };
  const saveDraft = async () => {
    if (!draft?.text.trim()) return;
    const correction = await attempt(() => api.memory.correct(draft));
    if (correction) setDraft(null);
  };
  return {
    pin: (memory) => void pin(memory),
    jump: ({ conversationId, messageId }) => {
      if (conversationId) go({ screen: 'chat', conversationId, messageId });
    },
    edit: ({ id, text }) => setDraft({ id, text }),
    forget,
    draftOf: ({ id }) => (draft?.id === id ? draft.text : null),
    setDraft: (text) => setDraft((current) => current && { ...current, text }),
    saveDraft,
    dropDraft: () => setDraft(null),
  };
}

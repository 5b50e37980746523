import { useState } from 'react';
import type { Claim } from '../../main/contract/claim.ts';
import { api } from '../api.ts';
import { go } from '../app/route.ts';
import { t } from '../messages.ts';
import { attempt, notify } from '../ui/index.ts';

/** What is to be forgotten: a memory, and which of its words. */
export type Forgetting = { memoryId: string; quote: string };

export type ClaimActions = {
  pin: (claim: Claim) => void;
  /** Opens what the claim rests on. */
  jump: (claim: Claim) => void;
  edit: (claim: Claim) => void;
  merge: (claim: Claim) => void;
  forget: (claim: Claim) => void;
  /** The value being written, if this claim is being edited. */
  draftOf: (claim: Claim) => string | null;
  setDraft: (value: string) => void;
  saveDraft: () => Promise<void>;
  dropDraft: () => void;
};

type Handlers = { onForget: (forgetting: Forgetting) => void; onMerge: (claim: Claim) => void };

/** What can be done to a claim in the list. The draft of an edit lives here, so that scrolling does not lose it. */
export function useClaimActions({ onForget, onMerge }: Handlers): ClaimActions {
  const [draft, setDraft] = useState<{ id: string; value: string } | null>(null);
  return {
    pin: ({ id, pinned }) => void attempt(() => api.claims.pin({ id, pinned: !pinned })),
    jump: goToSource,
    edit: ({ id, value }) => setDraft({ id, value }),
    merge: onMerge,
    forget: ({ memoryId, quote }) => onForget({ memoryId, quote }),
    draftOf: ({ id }) => (draft?.id === id ? draft.value : null),
    setDraft: (value) => setDraft((current) => current && { ...current, value }),
    async saveDraft() {
      if (!draft?.value.trim()) return;
      const saved = await attempt(() => api.claims.edit(draft));
      if (!saved) return;
      setDraft(null);
      notify({ message: t('claims.edited') });
    },
    dropDraft: () => setDraft(null),
  };
}

function goToSource({ conversationId, messageId, memoryId }: Claim): void {
  if (conversationId) go({ screen: 'chat', conversationId, messageId });
  else go({ screen: 'memory', memoryId, tab: 'known' });
}

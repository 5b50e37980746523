import { useCallback, useEffect, useEffectEvent, useRef, useState } from 'react';
import type { Conversation } from '../../main/contract/conversation.ts';
import { api, callCache, updateCall } from '../api.ts';
import { useLive } from '../live.ts';
import { afterForgetting } from './redactedDraft.ts';

/** Milliseconds of quiet before what was typed is saved. */
const quietMs = 400;

export type Draft = {
  text: string;
  write: (text: string) => void;
  /** Gives back what could not be sent, before whatever was typed since. */
  giveBack: (text: string) => void;
};

/** What stands in the message box, saved as it is typed. While the assistant is away it stays here and is saved when it is back. */
export function useDraft(conversation: Conversation): Draft {
  const { id } = conversation;
  const [text, setText] = useState(conversation.draft);
  const [savedText, setSavedText] = useState(conversation.draft);
  const latest = useRef({ text, savedText });
  const connected = useLive((live) => live.connection === 'open');

  const save = useCallback(async () => {
    const wanted = latest.current.text;
    // Whoever comes back to this conversation begins with what is known of it, which must not be an older draft.
    updateCall('conversation.open', { id }, (open) => ({ ...open, conversation: { ...open.conversation, draft: wanted } }));
    if (wanted === latest.current.savedText) return;
    try {
      await api.conversation.setDraft({ id, draft: wanted });
      // The list marks conversations with a draft; it need not hear of every letter.
      if ((latest.current.savedText.trim() === '') !== (wanted.trim() === '')) callCache.invalidate(['conversation.list']);
      latest.current.savedText = wanted;
      setSavedText(wanted);
    } catch {
      // It stays in the box; reconnecting saves it.
    }
  }, [id]);

  const write = useCallback((next: string) => {
    latest.current.text = next;
    setText(next);
  }, []);

  useEffect(() => {
    if (text === savedText || !connected) return;
    const timer = setTimeout(() => void save(), quietMs);
    return () => clearTimeout(timer);
  }, [text, savedText, connected, save]);

  const forgettings = useLive((live) => live.forgettings);
  const reread = useEffectEvent(async () => {
    const before = latest.current.savedText;
    const kept = await keptDraft(id);
    // Something was saved meanwhile: then what was read may be older than that.
    if (kept === null || latest.current.savedText !== before) return;
    const next = afterForgetting(latest.current, kept);
    latest.current = { text: next, savedText: kept };
    setText(next);
    setSavedText(kept);
  });
  // On opening too: what is known of a conversation may be from before a forgetting.
  useEffect(() => {
    if (Object.keys(forgettings).length > 0) void reread();
  }, [forgettings]);

  const leave = useEffectEvent(() => void save());
  useEffect(() => {
    const leaving = () => leave();
    window.addEventListener('pagehide', leaving);
    window.addEventListener('blur', leaving);
    return () => {
      window.removeEventListener('pagehide', leaving);
      window.removeEventListener('blur', leaving);
      leaving();
    };
  }, []);

  const giveBack = useCallback(
    (unsent: string) => {
      write(latest.current.text ? `${unsent}\n${latest.current.text}` : unsent);
      // The owner may have left this conversation meanwhile: then nothing else would save it.
      void save();
    },
    [write, save],
  );
  return { text, write, giveBack };
}

/** Null when it cannot be read now; what is shown stays then. */
async function keptDraft(id: string): Promise<string | null> {
  try {
    return (await api.conversation.open({ id })).conversation.draft;
  } catch {
    return null;
  }
}

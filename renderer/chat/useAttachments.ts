import { useMemo } from 'react';
import type { Attachment } from '../../main/contract/note.ts';
import { api, callCache, useCall } from '../api.ts';
import { t } from '../messages.ts';
import { attempt, notify } from '../ui/notices.ts';

/** Bytes; a larger file belongs into a folder of notes. */
const largestFile = 20 * 1024 * 1024;

export type Attachments = {
  list: readonly Attachment[];
  note: (noteId: string) => Promise<void>;
  files: (files: readonly File[]) => Promise<void>;
  remove: (id: string) => Promise<void>;
  /** They have gone with a question. */
  sent: () => void;
};

/** What goes with the question that is being written; kept by the assistant, so that it is still there after a reload. */
export function useAttachments(conversationId: string): Attachments {
  const list = useCall('chat.attached', { conversationId }).data;
  return useMemo(() => {
    const changed = () => callCache.invalidate(['chat.attached']);
    const attach = async (what: Parameters<typeof api.chat.attach>[0]['what']) => {
      await attempt(() => api.chat.attach({ conversationId, what }));
      changed();
    };
    return {
      list: list ?? [],
      note: (noteId) => attach({ noteId }),
      async files(files) {
        for (const file of files) {
          if (file.size > largestFile) notify({ message: t('chat.attachTooLarge', { name: file.name }) });
          else await attach({ name: file.name, base64: await base64Of(file) });
        }
      },
      async remove(id) {
        await attempt(() => api.chat.detach({ conversationId, id }));
        changed();
      },
      sent: changed,
    };
  }, [conversationId, list]);
}

async function base64Of(file: File): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let binary = '';
  for (let at = 0; at < bytes.length; at += 32_768) binary += String.fromCharCode(...bytes.subarray(at, at + 32_768));
  return btoa(binary);
}

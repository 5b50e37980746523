import { createContext, use } from 'react';
import type { Message } from '../../main/contract/conversation.ts';
import { isOfNote } from '../../main/contract/memory.ts';
import { t } from '../messages.ts';
import { hrefOfPassage, placeOf, telling } from '../receipts/passageHref.ts';
import { Tooltip } from '../ui/index.ts';
import { useChatTools } from './chatTools.ts';

const Cited = createContext<Pick<Message, 'id' | 'citations'> | null>(null);
export const CitedProvider = Cited;

/** A number in an answer: a passage is opened in its place, a memory in the receipts. One that points nowhere is text. */
export function CitationMark({ mark }: { mark: number }) {
  const message = use(Cited);
  const citation = message?.citations.find((one) => one.mark === mark);
  if (!message || !citation) return <>[{mark}]</>;
  if (isOfNote(citation) && citation.note.id !== null) {
    return (
      <Tooltip text={telling(citation)} side="top">
        <a className="citation-mark" href={hrefOfPassage(citation, citation.note.id)} aria-label={t('chat.openPassage', { mark, title: placeOf(citation) })}>
          {mark}
        </a>
      </Tooltip>
    );
  }
  return <ReceiptMark mark={mark} messageId={message.id} />;
}

function ReceiptMark({ mark, messageId }: { mark: number; messageId: string }) {
  const { showReceipts } = useChatTools();
  return (
    <button type="button" className="citation-mark" aria-label={t('chat.openMemory', { mark })} onClick={() => showReceipts(messageId)}>
      {mark}
    </button>
  );
}

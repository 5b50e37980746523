import { ChevronLeft, ChevronRight, PanelRight, Pencil, RefreshCw } from 'lucide-react';
import { memo } from 'react';
import type { Message } from '../../main/contract/conversation.ts';
import { api, updateCall } from '../api.ts';
import { formatNumber } from '../format.ts';
import { keysOf } from '../keyboard.ts';
import { t } from '../messages.ts';
import { attempt, CopyButton, IconButton } from '../ui/index.ts';
import { figuresOf } from './AnswerFoot.tsx';
import { useChatTools } from './chatTools.ts';

type Props = { message: Message; idle: boolean };

/** The quiet line under a message: figures and versions at its left, and what can be done with it, seen on approach. */
export const MessageActions = memo(function MessageActions({ message, idle }: Props) {
  const tools = useChatTools();
  const isAnswer = message.role === 'assistant';
  const figures = isAnswer ? figuresOf(message) : '';
  return (
    <div className="message-line">
      {message.siblings.length > 1 ? <Branches message={message} /> : null}
      {figures ? <span className="message-figures">{figures}</span> : null}
      <span className="message-actions">
        <CopyButton text={() => message.text} label={t('chat.copy')} />
        {isAnswer ? (
          <>
            <IconButton size="small" label={t('chat.regenerate')} keys={keysOf('chat.regenerate')} disabled={!idle} onClick={() => tools.regenerate(message)}>
              <RefreshCw aria-hidden />
            </IconButton>
            <IconButton size="small" label={t('chat.receipts')} keys={keysOf('chat.receipts')} onClick={() => tools.showReceipts(message.id)}>
              <PanelRight aria-hidden />
            </IconButton>
          </>
        ) : (
          <IconButton size="small" label={t('chat.edit')} keys={keysOf('chat.editLast')} disabled={!idle} onClick={() => tools.edit(message.id)}>
            <Pencil aria-hidden />
          </IconButton>
        )}
      </span>
    </div>
  );
});

/** ‹ 1 of 2 ›: the versions of a message that was edited or answered again. */
function Branches({ message }: { message: Message }) {
  const at = message.siblings.indexOf(message.id);
  const show = (index: number) => {
    const messageId = message.siblings[index];
    const id = message.conversationId;
    if (!messageId) return;
    void attempt(async () => {
      const open = await api.conversation.chooseBranch({ id, messageId });
      updateCall('conversation.open', { id }, () => open);
    });
  };
  return (
    <span className="branches" role="group" aria-label={t('chat.branches')}>
      <IconButton size="small" label={t('chat.previousBranch')} disabled={at <= 0} onClick={() => show(at - 1)}>
        <ChevronLeft aria-hidden />
      </IconButton>
      <span className="tabular" aria-label={t('chat.branch', { at: at + 1, count: message.siblings.length })} role="img">
        {formatNumber(at + 1)}/{formatNumber(message.siblings.length)}
      </span>
      <IconButton size="small" label={t('chat.nextBranch')} disabled={at >= message.siblings.length - 1} onClick={() => show(at + 1)}>
        <ChevronRight aria-hidden />
      </IconButton>
    </span>
  );
}

import { useState } from 'react';
import type { Message } from '../../main/contract/conversation.ts';
import { t } from '../messages.ts';
import { Button, TextArea } from '../ui/index.ts';
import { useChatTools, type Editing } from './chatTools.ts';

/** A question being rewritten. What was asked and answered before stays on its own branch. */
export function EditMessage({ message, editing }: { message: Message; editing: Editing }) {
  const { edit, resend } = useChatTools();
  const [text, setText] = useState(editing.text ?? message.text);
  const ready = text.trim() !== '' && text.trim() !== message.text.trim();
  const send = () => ready && resend(message, text.trim());
  return (
    <form
      className="edit-message"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <TextArea
        aria-label={t('chat.editField')}
        value={text}
        rows={2}
        maxLength={2_000_000}
        ref={focusAtEnd}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') {
            event.stopPropagation();
            edit(null);
          }
          if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing) {
            event.preventDefault();
            send();
          }
        }}
      />
      <div className="row">
        <span className="muted small grow">{t('chat.editHint')}</span>
        <Button size="small" onClick={() => edit(null)}>
          {t('ui.cancel')}
        </Button>
        <Button size="small" type="submit" look="primary" disabled={!ready}>
          {t('chat.editSend')}
        </Button>
      </div>
    </form>
  );
}

function focusAtEnd(field: HTMLTextAreaElement | null): void {
  field?.focus();
  field?.setSelectionRange(field.value.length, field.value.length);
}

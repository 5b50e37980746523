import { useRef } from 'react';
import type { Conversation } from '../../main/contract/conversation.ts';
import { t } from '../messages.ts';
import { renameConversation } from './actions.ts';

/** The title as a field, in place: Enter and leaving it save, Escape does not. */
export function TitleField({ conversation, onDone }: { conversation: Conversation; onDone: () => void }) {
  const cancelled = useRef(false);
  return (
    <input
      className="title-field"
      aria-label={t('conversations.renameField')}
      defaultValue={conversation.title}
      maxLength={200}
      autoComplete="off"
      // Renaming was just asked for: this is where the hands are going.
      ref={focusAndSelect}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === 'Escape') cancelled.current = true;
        if (event.key === 'Escape' || (event.key === 'Enter' && !event.nativeEvent.isComposing)) event.currentTarget.blur();
      }}
      onBlur={(event) => {
        if (!cancelled.current) void renameConversation(conversation, event.currentTarget.value);
        onDone();
      }}
    />
  );
}

/** After the menu that asked for it has closed and handed focus back, a frame later. */
function focusAndSelect(field: HTMLInputElement | null): void {
  requestAnimationFrame(() => field?.select());
}

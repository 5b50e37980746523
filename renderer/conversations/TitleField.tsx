import { useRef } from 'react';
import type { Conversation } from '../../main/contract/conversation.ts';
import { t } from '../messages.ts';
import { renameConversation } from './actions.ts';

type Props = {
  conversation: Conversation;
  /** `byKey`: the field was left by Enter or Escape, so the focus needs a place to go. */
  onDone: (byKey: boolean) => void;
};

/** The title as a field, in place: Enter and leaving it save, Escape does not. */
export function TitleField({ conversation, onDone }: Props) {
  const leftBy = useRef<'Enter' | 'Escape' | null>(null);
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
        if (event.nativeEvent.isComposing || (event.key !== 'Enter' && event.key !== 'Escape')) return;
        leftBy.current = event.key;
        event.currentTarget.blur();
      }}
      onBlur={(event) => {
        if (leftBy.current !== 'Escape') void renameConversation(conversation, event.currentTarget.value);
        onDone(leftBy.current !== null);
      }}
    />
  );
}

/** After the menu that asked for it has closed and handed focus back, a frame later. */
function focusAndSelect(field: HTMLInputElement | null): void {
  requestAnimationFrame(() => field?.select());
}
